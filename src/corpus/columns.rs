//! The columns of a table about documents: which says what, in English or in Chinese.

use super::document::Level;
use super::hints::UserFields;

/// What a column says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// The file or document that the row is about.
    File,
    /// The document's id.
    Id,
    /// The text.
    Text,
    /// The place.
    Place,
    /// The year of the plan.
    Year,
    /// The title.
    Title,
    /// The level of government.
    Level,
    /// The issuing body.
    Issuer,
    /// The date of publication.
    Published,
    /// Anything else, by its name.
    Group(String),
}

impl Column {
    /// The column with this header, by its English id or its usual Chinese name; white space and case do not matter.
    pub fn named(header: &str) -> Column {
        let header = header.trim_start_matches('\u{FEFF}').trim();
        match header.to_lowercase().as_str() {
            "file" | "doc" | "文件" | "文件名" => Column::File,
            "id" | "编号" => Column::Id,
            "text" | "正文" | "内容" | "文本" => Column::Text,
            "place" | "地区" | "地名" | "地方" => Column::Place,
            "year" | "年份" | "年度" => Column::Year,
            "title" | "标题" => Column::Title,
            "level" | "层级" | "级别" => Column::Level,
            "issuer" | "发布机构" => Column::Issuer,
            "published" | "发布日期" | "发文日期" => Column::Published,
            _ => Column::Group(header.to_string()),
        }
    }
}

/// A cell whose value is not what its column wants, with that value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadCell {
    /// No year of our time.
    Year(String),
    /// No level of government.
    Level(String),
}

impl BadCell {
    /// Which value is wrong and what would be right, as an English clause.
    pub fn en(&self) -> String {
        match self {
            BadCell::Year(value) => format!("the year “{value}” is no year from 1900 to 2100; write it like 2023"),
            BadCell::Level(value) => {
                format!("the level “{value}” is unknown; write village, township, county, city, province or nation")
            }
        }
    }

    /// The same as a Chinese clause.
    pub fn zh(&self) -> String {
        match self {
            BadCell::Year(value) => format!("年份“{value}”不是 1900 年至 2100 年间的年份，请写成 2023 这样的数字"),
            BadCell::Level(value) => format!("层级“{value}”无法识别，请写村、乡镇、县、市、省或国家"),
        }
    }
}

/// The longest value of a further column that is kept as a group; a longer one is prose, not a group.
const LONGEST_GROUP: usize = 200;

/// Puts one cell into `user`; an empty cell says nothing.
///
/// # Errors
/// The cell whose value is not what its column wants.
pub fn take(user: &mut UserFields, column: &Column, value: &str) -> Result<(), BadCell> {
    let value = value.trim();
    let some = || Some(value.to_string());
    match column {
        Column::Group(name) if !name.is_empty() && value.len() <= LONGEST_GROUP => {
            user.groups.push((name.clone(), value.to_string()));
        }
        _ if value.is_empty() => {}
        Column::Place => user.place = some(),
        Column::Title => user.title = some(),
        Column::Issuer => user.issuer = some(),
        Column::Published => user.published = some(),
        Column::Year => user.year = Some(year(value)?),
        Column::Level => user.level = Some(level(value)?),
        Column::File | Column::Id | Column::Text | Column::Group(_) => {}
    }
    Ok(())
}

/// The year in `2023`, `2023年` or the `2023.0` of spreadsheets.
fn year(value: &str) -> Result<i32, BadCell> {
    let digits = value.strip_suffix('年').or_else(|| value.strip_suffix(".0")).unwrap_or(value).trim();
    match digits.parse() {
        Ok(year) if (1900..=2100).contains(&year) => Ok(year),
        _ => Err(BadCell::Year(value.to_string())),
    }
}

/// The level by its id or another usual name, in English (national, prefecture, provincial) or Chinese (国家级, 地级市, 乡镇).
fn level(value: &str) -> Result<Level, BadCell> {
    let plain = value.to_lowercase().replace(['-', '_', ' '], "");
    let english = plain.strip_suffix("level").unwrap_or(&plain);
    let named = match english.strip_suffix('级').unwrap_or(english) {
        "村" | "社区" | "行政村" | "community" => Some(Level::Village),
        "乡" | "镇" | "乡镇" | "街道" | "镇街" | "乡科" | "town" | "subdistrict" => Some(Level::Township),
        "县" | "区" | "旗" | "区县" | "县区" | "县市区" | "县级市" | "district" => Some(Level::County),
        "市" | "地" | "州" | "盟" | "地市" | "市州" | "地级市" | "设区市" | "设区的市" | "prefecture"
        | "prefectural" | "prefecturecity" | "municipal" => Some(Level::City),
        "省" | "自治区" | "直辖市" | "省市区" | "provincial" => Some(Level::Province),
        "国家" | "中央" | "全国" | "国" | "national" | "central" | "state" | "country" => Some(Level::Nation),
        id => Level::from_id(id),
    };
    named.ok_or_else(|| BadCell::Level(value.to_string()))
}

/// How many columns are named where a table lacks one.
const NAMED: usize = 12;

/// The names of a table's columns, of many the first ones.
pub fn listed(columns: &[String]) -> String {
    let names = quoted(columns, ", ");
    match columns.len() {
        ..=NAMED => names,
        all => format!("{names} and {} more", all - NAMED),
    }
}

/// What a table has in place of a column that it lacks, as a Chinese clause.
pub fn only_zh(columns: &[String]) -> String {
    let names = quoted(columns, "、");
    match columns.len() {
        0 => "也没有其他列".to_string(),
        1..=NAMED => format!("只有{names}"),
        all => format!("只有{names}等 {all} 列"),
    }
}

fn quoted(columns: &[String], mark: &str) -> String {
    columns.iter().take(NAMED).map(|name| format!("“{}”", name.trim())).collect::<Vec<_>>().join(mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_become_fields_and_bad_ones_say_why() {
        let mut user = UserFields::default();
        for (header, value) in
            [("地区", " 青石镇 "), ("Year", "2023.0"), ("level", "乡镇"), ("县型", "山区"), ("title", "")]
        {
            take(&mut user, &Column::named(header), value).unwrap();
        }
        assert_eq!((user.place.as_deref(), user.year, user.level), (Some("青石镇"), Some(2023), Some(Level::Township)));
        assert_eq!((user.title, user.groups), (None, vec![("县型".to_string(), "山区".to_string())]));
        let wrong = take(&mut UserFields::default(), &Column::Year, "二三年").unwrap_err();
        assert_eq!(wrong.en(), "the year “二三年” is no year from 1900 to 2100; write it like 2023");
        assert!(take(&mut UserFields::default(), &Column::Level, "部落").is_err());
    }

    #[test]
    fn levels_are_known_by_their_usual_names() {
        for (names, wanted) in [
            (["national", "Central", "国家级", "中央"], Level::Nation),
            (["province", "Provincial", "省级", "省"], Level::Province),
            (["city", "prefecture", "prefecture-level", "地级市"], Level::City),
            (["county", "District", "县级", "区县"], Level::County),
            (["township", "town", "乡镇", "乡级"], Level::Township),
            (["village", "community", "村级", "社区"], Level::Village),
        ] {
            for name in names {
                assert_eq!(level(name), Ok(wanted), "{name}");
            }
        }
    }
}
