//! Lines of a page that are not of the document: buttons, paths, neighbours.

/// What buttons say; a line of nothing else is a button.
const BUTTONS: [&str; 40] = [
    "打印本页",
    "打印页面",
    "打印文章",
    "打印",
    "关闭窗口",
    "关闭本页",
    "关闭页面",
    "关闭",
    "全文下载",
    "文件下载",
    "下载",
    "字体大小",
    "字体",
    "字号",
    "收藏本页",
    "收藏",
    "加入收藏",
    "分享到",
    "分享",
    "微信",
    "微博",
    "空间",
    "返回顶部",
    "返回首页",
    "返回列表",
    "返回",
    "扫一扫",
    "繁體版",
    "繁体",
    "简体",
    "无障碍",
    "语音播报",
    "朗读",
    "纠错",
    "点赞",
    "大",
    "中",
    "小",
    "默认",
    "超大",
];

/// How lines begin that lead elsewhere.
const LEADS: [&str; 22] = [
    "当前位置",
    "您现在的位置",
    "您的位置",
    "您当前的位置",
    "您所在的位置",
    "现在位置",
    "所在位置",
    "上一篇",
    "下一篇",
    "上一条",
    "下一条",
    "扫一扫在手机",
    "扫描二维码",
    "用微信扫",
    "相关附件",
    "附件下载",
    "主办单位",
    "承办单位",
    "版权所有",
    "网站标识码",
    "ICP备案",
    "技术支持",
];

/// Heads after which only neighbours follow.
const NEIGHBOURS: [&str; 14] = [
    "相关链接",
    "相关新闻",
    "相关阅读",
    "相关文件",
    "相关文章",
    "相关信息",
    "相关解读",
    "相关政策",
    "相关报道",
    "延伸阅读",
    "推荐阅读",
    "热门文章",
    "最新文章",
    "猜你喜欢",
];

/// The article's lines without the page's.
pub fn without(lines: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = lines.into_iter().filter(|line| !is_chrome(line)).collect();
    if let Some(at) = kept.iter().rposition(|line| is_neighbours_head(line))
        && kept[at..].iter().all(|line| line.chars().count() <= 60 && !line.ends_with('。'))
    {
        kept.truncate(at);
    }
    kept
}

/// Whether the line is a button or leads elsewhere.
pub fn is_chrome(line: &str) -> bool {
    let bare = line.trim_start_matches(is_ornament);
    if LEADS.iter().any(|lead| bare.starts_with(lead)) && line.chars().count() <= 120 {
        return true;
    }
    if line.chars().count() > 60 {
        return false;
    }
    if is_attachment(bare) {
        return true;
    }
    let mut rest = bare;
    let mut found = false;
    while !rest.is_empty() {
        match BUTTONS.iter().find_map(|button| rest.strip_prefix(button)) {
            Some(after) => (rest, found) = (after.trim_start_matches(is_ornament), true),
            None => return false,
        }
    }
    found
}

/// Whether the line is the name of a file to load, with or without 附件 before it.
fn is_attachment(line: &str) -> bool {
    const EXTENSIONS: [&str; 10] = [".doc", ".docx", ".wps", ".pdf", ".ofd", ".xls", ".xlsx", ".et", ".zip", ".rar"];
    let line = line.trim_end_matches(is_ornament).to_ascii_lowercase();
    EXTENSIONS.iter().any(|extension| line.ends_with(extension))
}

fn is_neighbours_head(line: &str) -> bool {
    let bare = line.trim_matches(is_ornament);
    NEIGHBOURS.contains(&bare)
}

/// What stands around the words of buttons.
fn is_ornament(c: char) -> bool {
    c.is_whitespace() || "【】[]［］()（）|｜/／:：·•＞>»<《》+-—、".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_go_and_sentences_stay() {
        for line in [
            "【字体：大 中 小】",
            "打印本页 | 关闭窗口",
            "字号：[大] [中] [小]",
            "当前位置：首页 > 政务公开",
            "下一篇：没有了",
            "分享到：微信 微博",
        ] {
            assert!(is_chrome(line), "{line}");
        }
        for line in ["大力发展现代农业。", "一、打印行业转型", "中", "（一）关闭落后产能", "小城镇建设"]
        {
            assert_eq!(is_chrome(line), line == "中", "{line}");
        }
    }

    #[test]
    fn neighbours_go_only_from_the_end() {
        let lines = |all: &[&str]| all.iter().map(|line| line.to_string()).collect::<Vec<_>>();
        assert_eq!(without(lines(&["正文。", "相关链接：", "某镇召开大会"])), ["正文。"]);
        assert_eq!(without(lines(&["相关链接", "某镇召开大会。"])).len(), 2);
    }
}
