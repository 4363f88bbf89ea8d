//! Places that do not exist, and numbers for them.

use crate::chart::{Caption, Cell, Label, Lang};

/// Numbers without pattern but the same everywhere: 0 to 1.
pub(super) fn noise(seed: &mut u64) -> f64 {
    *seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
    (*seed >> 33) as f64 / (1u64 << 31) as f64
}

pub(super) const PLACES: [&str; 14] = [
    "青禾镇",
    "石桥镇",
    "云岭乡",
    "临河街道",
    "柳泉镇",
    "东坪乡",
    "双塔街道",
    "南湾镇",
    "白羊镇",
    "红枫镇",
    "积石山保安族东乡族撒拉族自治县刘集乡",
    "大河家镇",
    "西渡镇",
    "官庄镇（2024）",
];

const THEMES: [(&str, &str, &str); 11] = [
    ("industry", "产业与项目", "industry and projects"),
    ("agriculture", "农业农村", "agriculture"),
    ("culture_tourism", "文化旅游", "culture and tourism"),
    ("infrastructure", "城乡建设", "infrastructure"),
    ("environment", "生态环境", "environment"),
    ("livelihood", "民生保障", "livelihood"),
    ("governance", "社会治理", "governance"),
    ("safety", "公共安全", "safety"),
    ("party", "党的建设", "party"),
    ("economy", "经济财政", "economy"),
    ("general", "总体", "general"),
];

pub(super) const TERMS: [&str; 16] = [
    "招商引资",
    "苹果",
    "高标准农田",
    "人居环境整治提升行动",
    "矛盾纠纷",
    "双招双引",
    "乡村旅游",
    "网格员",
    "养老",
    "技改",
    "Wi-Fi",
    "河长制",
    "秸秆",
    "停车位",
    "预制菜产业园",
    "学校",
];

pub(super) fn caption(lang: Lang) -> Caption {
    Caption {
        n: 1536,
        of: lang.pick("条措施", "measures").into(),
        unit: "%".into(),
        interval: lang.pick("95%，文档内块自助法 1000 次", "95 %, block bootstrap, 1,000 draws").into(),
        weight: lang.pick("措施数", "measures").into(),
        note: String::new(),
    }
}

pub(super) fn places(n: usize) -> Vec<Label> {
    let name = |i: usize| if i < PLACES.len() { PLACES[i].to_owned() } else { format!("{}{}", PLACES[i % 10], i) };
    (0..n).map(|i| Label::new(name(i), "place", name(i))).collect()
}

pub(super) fn themes(lang: Lang) -> Vec<Label> {
    THEMES.iter().map(|(id, zh, en)| Label::new(lang.pick(zh, en), "theme", *id)).collect()
}

pub(super) fn cells(n: usize, seed: u64) -> Vec<Vec<Option<Cell>>> {
    let mut seed = seed;
    (0..n)
        .map(|row| {
            let weights: Vec<f64> = (0..11).map(|_| libm::pow(noise(&mut seed), 2.0) + 0.02).collect();
            let sum: f64 = weights.iter().sum();
            (0..11)
                .map(|column| {
                    let share = weights[column] / sum;
                    let (lq, wide) = (share * 11.0, 1.2 + noise(&mut seed));
                    let cell = Cell {
                        count: (share * 120.0) as usize,
                        share,
                        lq,
                        low: lq / wide,
                        high: lq * wide,
                        few: false,
                    };
                    (row != 3 || column != 4).then_some(cell)
                })
                .collect()
        })
        .collect()
}
