//! Who speaks, for which year, under which title: `describe` gathers it from all that a document says about itself.
//!
//! Order of trust: the user's own fields, metadata rows, front matter and meta tags, the title, the body, the file name.
//! A later source may narrow an earlier one (the county's portal publishes, the title names the town), never contradict it.

use super::document::{Genre, Level, Meta, Place, Source};
use super::gazetteer::Gazetteer;
use super::head::{self, Head};
use super::hints::Hints;
use super::place::{self, NATION, Named, Resolved, named_before, named_in, resolve, starts_with};
use super::year::{self, Years};
use crate::notice::Notice;

/// Fields of front matter and meta tags that name the place or its government, the best first.
const PLACE_FIELDS: [&str; 12] = [
    "place",
    "地区",
    "地点",
    "region",
    "issuer",
    "发布机构",
    "ContentSource",
    "source",
    "来源",
    "SiteName",
    "author",
    "publisher",
];
/// Fields that hold the title.
const TITLE_FIELDS: [&str; 6] = ["title", "标题", "ArticleTitle", "og:title", "dc.title", "DC.Title"];
/// Fields that hold the issuing body.
const ISSUER_FIELDS: [&str; 7] = ["issuer", "发布机构", "ContentSource", "source", "来源", "author", "publisher"];
/// Fields that hold the date of publication.
const DATE_FIELDS: [&str; 9] =
    ["published", "PubDate", "date", "发布日期", "发布时间", "article:published_time", "created", "dc.date", "DC.Date"];
/// Fields that hold the year of the plan.
const YEAR_FIELDS: [&str; 2] = ["year", "年份"];

/// How many lines from the front can tell who speaks.
const OPENING_LINES: usize = 14;
/// How many lines from the front show that a name is masked.
const MASKED_LINES: usize = 5;
/// How many lines from the end can be a signature.
const CLOSING_LINES: usize = 12;
/// Of a long opening line only so many characters are looked at.
const OPENING_CHARS: usize = 160;
/// Candidates named in a warning; the rest is counted.
const NAMED_CANDIDATES: usize = 4;

/// Finds out what is known about a document besides its text, and what the user should know about that, as full sentences.
///
/// `file_name` is the path as the user knows it, with `/` between the parts; folders can name the place too.
pub fn describe(text: &str, file_name: &str, hints: &Hints) -> (Meta, Vec<Notice>) {
    let head = head::read(text);
    let mut fields = hints.fields.clone();
    fields.extend(head.fields.iter().cloned());
    let told = Told { text, head: &head, fields: &fields, hints, file_name };
    let mut warnings = Vec::new();
    let mut meta = Meta { groups: hints.user.groups.clone(), ..Meta::default() };
    let mut sources = Vec::new();
    let mut note = |field: &'static str, found: Option<(String, Source)>| {
        let (value, source) = found?;
        sources.push((field, source));
        Some(value)
    };
    meta.title = note("title", told.title());
    meta.issuer = note("issuer", told.issuer());
    meta.published = note("published", told.published());
    let title = meta.title.clone().unwrap_or_default();

    let (place, level) = told.place(&title, &mut warnings);
    meta.place = place;
    meta.level = level;
    let (year, review) = told.year(&title, meta.published.as_deref(), &mut warnings);
    (meta.year, meta.review_year) = (year, review);
    if let Some((genre, source)) = told.genre(&title, meta.review_year.is_some()) {
        meta.genre = Some(genre);
        sources.push(("genre", source));
    }
    if let Some(source) =
        level.map(|_| if hints.user.level.is_some() { Source::User } else { meta.place.source.unwrap_or(Source::Body) })
    {
        sources.push(("level", source));
    }
    sources.sort();
    meta.sources = sources;
    (meta, warnings)
}

/// All that one document tells about itself.
struct Told<'t> {
    text: &'t str,
    head: &'t Head,
    fields: &'t [(String, String)],
    hints: &'t Hints,
    file_name: &'t str,
}

impl Told<'_> {
    fn title(&self) -> Option<(String, Source)> {
        let user = self.hints.user.title.clone().map(|title| (title, Source::User));
        let rows = || Some((head::value(&self.head.rows, &head::TITLES)?.to_string(), Source::Rows));
        let fields = || Some((head::value(self.fields, &TITLE_FIELDS)?.to_string(), Source::FrontMatter));
        let own = || Some((self.head.title.clone()?, Source::Title));
        let format = || Some((site_less(self.hints.title.as_deref()?), Source::FrontMatter));
        user.or_else(rows).or_else(fields).or_else(own).or_else(format).filter(|(title, _)| !title.trim().is_empty())
    }

    fn issuer(&self) -> Option<(String, Source)> {
        let user = self.hints.user.issuer.clone().map(|issuer| (issuer, Source::User));
        let rows = || Some((head::value(&self.head.rows, &head::ISSUERS)?.to_string(), Source::Rows));
        let fields = || Some((head::value(self.fields, &ISSUER_FIELDS)?.to_string(), Source::FrontMatter));
        let signed = || {
            let closing = self.head.lines.iter().rev().take(CLOSING_LINES);
            Some((closing.into_iter().find(|line| head::is_body(line))?.clone(), Source::Body))
        };
        let headed = || Some((self.head.lines.iter().take(3).find(|line| head::is_body(line))?.clone(), Source::Title));
        user.or_else(rows).or_else(fields).or_else(headed).or_else(signed)
    }

    fn published(&self) -> Option<(String, Source)> {
        let dated = |date: &str, source| Some((year::first_date(date)?, source));
        let user = self.hints.user.published.as_deref();
        let user = user.map(|date| (year::first_date(date).unwrap_or_else(|| date.to_string()), Source::User));
        let rows = || dated(head::value(&self.head.rows, &head::DATES)?, Source::Rows);
        let fields = || dated(head::value(self.fields, &DATE_FIELDS)?, Source::FrontMatter);
        let signed = || {
            let closing = self.head.lines.iter().rev().take(CLOSING_LINES);
            let alone = |line: &&String| line.chars().count() <= 16;
            closing.into_iter().filter(alone).find_map(|line| dated(line, Source::Body))
        };
        user.or_else(rows).or_else(fields).or_else(signed)
    }

    /// The place that speaks, with its level.
    fn place(&self, title: &str, warnings: &mut Vec<Notice>) -> (Place, Option<Level>) {
        let user_level = self.hints.user.level;
        if let Some(user) = self.hints.user.place.as_deref().map(str::trim).filter(|place| !place.is_empty()) {
            // The user's name stays as it is; only path and code are looked for, with all that the text tells.
            let named = named_in(user).unwrap_or_else(|| Named { parts: vec![user.to_string()] });
            let found = resolve(&named, &self.context());
            let place = Place {
                name: user.to_string(),
                path: found.path,
                code: found.code,
                candidates: found.candidates,
                source: Some(Source::User),
            };
            warn_of_namesakes(&place, warnings);
            return (place, user_level.or(found.level));
        }
        let Some((named, source)) = self.named(title) else {
            let stem = file_stem(self.file_name);
            let (zh, en) = if self.is_masked() {
                ("文中的地名已隐去", "The place's name is masked in the text")
            } else {
                ("文中没有写明地方", "No place is named in the text")
            };
            warnings.push(Notice::new(
                format!("{zh}，暂以文件名“{stem}”代替；请在 documents.csv 中写明地方。"),
                format!(
                    "{en}, so the document stands under its file's name, “{stem}”; name the place in documents.csv"
                ),
            ));
            let level = user_level.or_else(|| place::spoken_level(self.text));
            return (Place { name: stem.to_string(), ..Place::default() }, level);
        };
        let found = resolve(&named, &self.context());
        if let Some(old) = &found.renamed_from {
            let name = &found.name;
            warnings.push(Notice::new(
                format!("“{old}”认作{name}，这是它在 2023 年区划名录中的名称。"),
                format!("“{old}” is taken for {name}, its name in the gazetteer of 2023"),
            ));
        }
        let level = user_level.or(found.level).or_else(|| place::spoken_level(self.text));
        let Resolved { name, path, code, candidates, .. } = found;
        let place = Place { name, path, code, candidates, source: Some(source) };
        warn_of_namesakes(&place, warnings);
        (place, level)
    }

    /// The name of the place, from the most trusted source that has one, narrowed by the title where that names a part of it.
    fn named(&self, title: &str) -> Option<(Named, Source)> {
        let rows = || head::ISSUERS.iter().filter_map(|key| head::value(&self.head.rows, &[key])).find_map(named_in);
        let author = || head::value(&self.head.rows, &["作者", "来源"]).and_then(named_in).filter(is_town);
        let fields = || PLACE_FIELDS.iter().filter_map(|key| head::value(self.fields, &[key])).find_map(named_in);
        let own_title = || self.titles(title).into_iter().find_map(|title| named_in(&title));
        let format = || named_in(self.hints.title.as_deref()?);
        let by_rows = rows().or_else(author).map(|named| (named, Source::Rows));
        let by_fields = || fields().map(|named| (named, Source::FrontMatter));
        let by_title = own_title().or_else(format).map(|named| (named, Source::Title));
        match (by_rows.or_else(by_fields), by_title) {
            (Some((office, source)), Some((titled, _))) => Some((narrowed(office, titled), source)),
            (None, Some(titled)) => Some(titled),
            (office, None) if self.is_masked() => office,
            (office, None) => match (office, self.named_in_body()) {
                (Some((office, source)), Some(body))
                    if is_town(&body) && !is_town(&office) && self.speaks_as_town() =>
                {
                    Some((narrowed(office, body), source))
                }
                (None, Some(body)) => Some((body, Source::Body)),
                (office, _) => office,
            },
        }
        .or_else(|| self.named_in_file().map(|named| (named, Source::FileName)))
    }

    /// The title that was settled on, and the lines in the head that read like one (the notice names the plan in 《…》).
    fn titles(&self, title: &str) -> Vec<String> {
        let mut titles = vec![title.to_string()];
        titles.extend(self.head.title.clone());
        for line in self.head.lines.iter().take(6) {
            let issues = ["印发", "现将", "制定", "下发"].iter().any(|word| line.contains(word));
            if let Some((_, inner)) = line.split_once('《').filter(|_| issues)
                && let Some((inner, _)) = inner.split_once('》')
            {
                titles.push(inner.to_string());
            }
        }
        titles.dedup();
        titles
    }

    fn speaks_as_town(&self) -> bool {
        place::spoken_level(self.text) == Some(Level::Township)
    }

    /// What the body says: the session it was read to, the office of the speaker, the signature, the opening, the name it says most.
    fn named_in_body(&self) -> Option<Named> {
        let opening: Vec<String> =
            self.head.lines.iter().take(OPENING_LINES).map(|line| line.chars().take(OPENING_CHARS).collect()).collect();
        let nation = ["国务院总理", "国务院副总理", "我代表国务院", "中华人民共和国国务院"];
        if opening
            .iter()
            .any(|line| nation.iter().any(|word| line.contains(word)) || line.contains("届全国人民代表大会"))
        {
            return Some(Named { parts: vec![NATION.into()] });
        }
        // The session can be broken over two lines, so they are read as one.
        let joined = opening.concat();
        let session = || named_before(&joined, is_session);
        let office = || {
            let spoken =
                opening.iter().find_map(|line| named_before(&line[line.find("我代表")? + "我".len()..], is_government));
            let short = || opening.iter().filter(|line| line.chars().count() <= 40);
            spoken.or_else(|| short().find_map(|line| named_before(line, is_office)))
        };
        let closing = self.head.lines.iter().rev().take(CLOSING_LINES).filter(|line| line.chars().count() <= 40);
        let signed = || {
            closing.rev().find_map(|line| {
                named_before(line, |after| starts_with(after, "人民政府") || starts_with(after, "委员会"))
            })
        };
        let level = place::spoken_level(self.text);
        let opened =
            || (level == Some(Level::Township)).then(|| opening.iter().find_map(|line| opened_by_town(line))).flatten();
        let mentioned = || place::most_mentioned(self.text, level?);
        // A city's report that signs with a town would be odd: what is told must not stand below who speaks.
        let fits = |named: &Named| !is_town(named) || level.is_none_or(|level| level <= Level::Township);
        (session().filter(fits).or_else(|| office().filter(fits)))
            .or_else(|| signed().filter(|named| fits(named) && is_of_level(named, level)))
            .or_else(opened)
            .or_else(mentioned)
    }

    /// The place that file or folders name: 安丘市/官庄镇/2023.txt.
    fn named_in_file(&self) -> Option<Named> {
        let mut parts: Vec<String> = Vec::new();
        let stemmed = self.file_name.rsplit_once('.').map_or(self.file_name, |(stem, _)| stem);
        for folder in stemmed.split('/') {
            if let Some(named) = named_in(folder) {
                parts.extend(named.parts.into_iter().filter(|part| !parts.contains(part)).collect::<Vec<_>>());
            }
        }
        (!parts.is_empty()).then_some(Named { parts })
    }

    /// Whether the text hides its own name: `**镇`, `××镇`, `XX县`, `某某乡`.
    fn is_masked(&self) -> bool {
        let masks = ["**", "××", "XX", "xx", "某某", "＊＊", "ＸＸ", "□□"];
        let units = ["镇", "乡", "街道", "县", "区", "市"];
        // **市长 某某** is bold type, **镇将 is a mask: what follows the unit tells.
        let hides = |rest: &str| {
            let unit = units.iter().find_map(|unit| rest.strip_prefix(unit));
            unit.is_some_and(|after| {
                !after.starts_with(['长', '委', '人', '政', '第', '十', '场', '域', '级', '内', '直'])
            })
        };
        let masked_in = |line: &String| {
            // Of the marks of bold type every second one closes: 。**全市 is none that hides a name.
            let opens = |mask: &str, index: usize| mask != "**" || index.is_multiple_of(2);
            let hidden = |mask: &&str| {
                let mut found = line.match_indices(*mask).enumerate();
                found.any(|(index, (at, _))| opens(mask, index) && hides(&line[at + mask.len()..]))
            };
            masks.iter().any(hidden)
        };
        // What hides its own name does so from the start.
        let masked = self.head.lines.iter().take(MASKED_LINES).any(masked_in);
        // 镇2023年工作思路: the name in front of the unit was cut away.
        let cut = self
            .head
            .title
            .as_deref()
            .is_some_and(|title| ["镇20", "乡20", "街道20", "县20"].iter().any(|cut| title.starts_with(cut)));
        masked || cut
    }

    /// What decides between namesakes: rows, fields and file name beside the text.
    fn context(&self) -> String {
        let mut context = String::with_capacity(self.text.len() + 256);
        context.push_str(self.text);
        for (_, value) in self.fields {
            context.push('\n');
            context.push_str(value);
        }
        for part in
            [self.hints.title.as_deref(), self.hints.user.issuer.as_deref(), Some(self.file_name)].into_iter().flatten()
        {
            context.push('\n');
            context.push_str(part);
        }
        context
    }

    /// The year the plan is for with its source, and the year it reviews.
    fn year(
        &self,
        title: &str,
        published: Option<&str>,
        warnings: &mut Vec<Notice>,
    ) -> (Option<(i32, Source)>, Option<i32>) {
        let lines: Vec<&str> = self.head.lines.iter().map(String::as_str).collect();
        let body = year::in_body(&lines);
        let Years { plan: titled, review: title_review, .. } = year::in_title(title);
        let field = || head::value(self.fields, &YEAR_FIELDS)?.parse().ok();
        let from_title = |year| (year, Source::Title);
        let published = || published?.get(..4)?.parse::<i32>().ok();
        // 下一年度工作计划, signed in December; 今年 in a text published in that year.
        let relative = || {
            let shift = i32::from(title.contains("下一年") || title.contains("明年") || title.contains("来年"));
            let speaks = shift == 1 || ["今年", "本年度"].iter().any(|word| self.text.contains(word));
            let late = self
                .head
                .lines
                .iter()
                .rev()
                .take(CLOSING_LINES)
                .any(|line| line.chars().count() <= 16 && line.contains("12月"));
            speaks.then(published).flatten().map(|year| (year + i32::from(shift == 1 || late), Source::Body))
        };
        let year = (self.hints.user.year.map(|year| (year, Source::User)))
            .or_else(|| field().map(|year| (year, Source::FrontMatter)))
            .or_else(|| titled.map(from_title))
            .or_else(|| body.plan.map(|year| (year, Source::Body)))
            .or_else(relative)
            .or_else(|| Some((year::in_opening(&lines, published())?, Source::Body)))
            // A title that only looks back: filed under the year it looks back on.
            .or_else(|| title_review.map(from_title))
            .or_else(|| year::in_file_name(&file_path_stem(self.file_name)).map(|year| (year, Source::FileName)));
        if let (Some((year, source)), Some(plan)) = (year, body.sure())
            && year != plan
            && !self.spans_years(title)
        {
            let (zh, en) = if source == Source::User {
                ("您指定的是", "you say")
            } else {
                ("标题写的是", "the title says")
            };
            warnings.push(Notice::new(
                format!("正文计划的是 {plan} 年，{zh} {year} 年，以后者为准；如果正文是对的，请在 documents.csv 中更正。"),
                format!("The text plans {plan}, but {en} {year}, which is kept; correct it in documents.csv if the text is right"),
            ));
        }
        let earlier = |review: &i32| year.is_none_or(|(year, _)| *review <= year);
        (year, title_review.or(body.review).filter(earlier))
    }

    /// Whether the title is that of a plan of several years, which tells of its first year too.
    fn spans_years(&self, title: &str) -> bool {
        let range = year::mentions(title).iter().any(|mention| mention.last > mention.year);
        range || year::five_year_plan(title).is_some() || title.contains("纲要")
    }

    fn genre(&self, title: &str, reviews: bool) -> Option<(Genre, Source)> {
        let start: String = self.text.chars().take(400).collect();
        let end: String = self.text.chars().rev().take(400).collect::<Vec<_>>().into_iter().rev().collect();
        let news = ["本报记者", "本报通讯员", "本报讯", "通讯员", "新华社"].iter().any(|word| start.contains(word))
            || end.contains("文章来源")
            || end.contains("责任编辑");
        let tagged = self.fields.iter().any(|(_, value)| value.contains("新闻"));
        let titled = |words: &[&str]| words.iter().any(|word| title.contains(word));
        if titled(&["规划", "纲要", "三年行动", "五年行动"])
            && (self.spans_years(title) || titled(&["纲要", "五年", "三年", "”"]))
        {
            return Some((Genre::PlanOutline, Source::Title));
        }
        if titled(&["报告", "总结", "回顾"]) {
            return Some((Genre::WorkReport, Source::Title));
        }
        if news || tagged {
            return Some((Genre::News, if tagged { Source::FrontMatter } else { Source::Body }));
        }
        if titled(&["计划", "思路", "要点", "安排", "打算", "方案", "部署", "重点工作", "规划", "设想"])
        {
            return Some((if reviews { Genre::WorkReport } else { Genre::WorkPlan }, Source::Title));
        }
        let speech = self
            .head
            .lines
            .iter()
            .take(OPENING_LINES)
            .any(|line| line.contains("各位代表") || line.contains("政府工作报告"));
        speech.then_some((Genre::WorkReport, Source::Body))
    }
}

/// `第十二届人民代表大会`, `三届人大七次会议`
fn is_session(after: &[char]) -> bool {
    let mut rest = after;
    if rest.first() == Some(&'第') {
        rest = &rest[1..];
    }
    let number = rest.iter().take(4).take_while(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(**c)).count();
    number > 0 && rest.get(number) == Some(&'届') && (starts_with(&rest[number + 1..], "人"))
}

/// `人民政府` or `政府` right after the name of the place.
fn is_government(after: &[char]) -> bool {
    starts_with(after, "人民政府") || starts_with(after, "政府")
}

/// `市长`, `人民政府`, `人民政府代县长` … right after the name of the place.
fn is_office(after: &[char]) -> bool {
    let titles = ["省长", "市长", "州长", "盟长", "县长", "区长", "旗长", "镇长", "乡长", "主席"];
    let holds = |acting: &&str| titles.iter().any(|title| starts_with(after, &format!("{acting}{title}")));
    is_government(after) || ["", "代", "代理", "副"].iter().any(holds)
}

/// The town in front of what it will do: `2023年，青石镇将…`, `峄城区阴平镇，以…`, `铸山镇位于…`.
fn opened_by_town(line: &str) -> Option<Named> {
    let follows = |after: &[char]| {
        let verbs = [
            "将",
            "位于",
            "地处",
            "坚持",
            "紧紧",
            "紧扣",
            "以",
            "要",
            "认真",
            "深入",
            "全面",
            "人民政府",
            "党委",
            "工作",
            "立足",
            "围绕",
            "按照",
            "的",
            "在",
            "抢抓",
        ];
        after.first().is_none_or(|c| "，,、：:。（(\"”》".contains(*c))
            || verbs.iter().any(|verb| starts_with(after, verb))
    };
    named_before(line, follows).filter(is_town)
}

/// Whether the last part of a name is a township.
fn is_town(named: &Named) -> bool {
    let Some(last) = named.parts.last() else { return false };
    let by_suffix = super::gazetteer::stem(last).1.and_then(super::gazetteer::Sort::level) == Some(Level::Township);
    by_suffix
        || Gazetteer::embedded()
            .named(last)
            .iter()
            .any(|division| Gazetteer::embedded().level(*division) == Level::Township)
}

/// Whether a name can be that of a place of `level`; a 市 may be of three levels, and an unknown place of any.
fn is_of_level(named: &Named, level: Option<Level>) -> bool {
    let (Some(last), Some(level)) = (named.parts.last(), level) else { return true };
    let divisions = Gazetteer::embedded().called(last);
    let same = divisions.iter().any(|division| Gazetteer::embedded().level(*division) == level);
    divisions.is_empty() || same || last.ends_with('市')
}

/// `office` narrowed by `titled` where that lies below it: 商河县 and 张坊镇 are 商河县张坊镇. Else the office's own name.
fn narrowed(office: Named, titled: Named) -> Named {
    let places = Gazetteer::embedded();
    let known = |named: &Named| {
        let found = resolve(named, "");
        found.code.and_then(|code| places.by_code(&code))
    };
    if titled.parts.ends_with(&office.parts) || office.parts.ends_with(&titled.parts) {
        return if titled.parts.len() > office.parts.len() { titled } else { office };
    }
    if titled.parts.first() == office.parts.last() {
        return titled;
    }
    if !is_town(&titled) || is_town(&office) {
        let below =
            known(&titled).zip(known(&office)).is_some_and(|(low, high)| low != high && places.within(low, high));
        return if below { titled } else { office };
    }
    if titled.parts.len() > 1 {
        return titled;
    }
    let parts = office.parts.into_iter().chain(titled.parts).collect();
    Named { parts }
}

/// A page's `<title>` without the name of the site: `望溪街道2023年工作计划-临溪县人民政府`.
fn site_less(title: &str) -> String {
    let cut = title.find(" - ").or_else(|| title.rfind(['_', '-', '|']));
    match cut {
        Some(at) if at > 0 && !title[..at].trim().is_empty() => {
            let (front, back) = (title[..at].trim(), title[at..].trim_matches([' ', '-', '_', '|']));
            // Some sites put their own name first: the part that names a year or a plan is the title.
            let plans = |part: &str| !year::mentions(part).is_empty() || part.contains("计划") || part.contains("报告");
            if plans(back) && !plans(front) { back.to_string() } else { front.to_string() }
        }
        _ => title.trim().to_string(),
    }
}

/// The last part of a path without its extension.
fn file_stem(file_name: &str) -> &str {
    let name = file_name.rsplit('/').next().unwrap_or(file_name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).trim_end_matches(".jsonl")
}

/// The path without extension; its parts may hold the year.
fn file_path_stem(file_name: &str) -> String {
    file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem).to_string()
}

fn warn_of_namesakes(place: &Place, warnings: &mut Vec<Notice>) {
    if place.candidates.is_empty() {
        return;
    }
    let shown = place.candidates.iter().take(NAMED_CANDIDATES).map(String::as_str).collect::<Vec<_>>().join("、");
    let (name, count) = (&place.name, place.candidates.len());
    let (etc, more) = match count.saturating_sub(NAMED_CANDIDATES) {
        0 => ("", String::new()),
        more => ("等", format!(" and {more} more")),
    };
    warnings.push(Notice::new(
        format!(
            "“{name}”可能指 {count} 个地方（{shown}{etc}），文中没有可以判断的依据；请在 documents.csv 中写出完整的区划名称。"
        ),
        format!(
            "“{name}” could be {count} places ({shown}{more}) and nothing in the text decides; write its path in documents.csv"
        ),
    ));
}

/// Gives places that share a name but not a path the name of their county or city in front: 安丘市官庄镇 beside 沂水县官庄镇.
///
/// Works over all documents of a corpus, in any order with the same result. Names that the user gave stay as they are.
pub fn part_namesakes(metas: &mut [&mut Meta]) {
    let mut paths = std::collections::BTreeMap::<String, std::collections::BTreeSet<String>>::new();
    for meta in metas.iter() {
        if let Some(path) = &meta.place.path {
            paths.entry(meta.place.name.clone()).or_default().insert(path.clone());
        }
    }
    let places = Gazetteer::embedded();
    for meta in metas.iter_mut().filter(|meta| meta.place.source != Some(Source::User)) {
        let shared = paths.get(&meta.place.name).is_some_and(|paths| paths.len() > 1);
        let division = meta.place.code.as_deref().and_then(|code| places.by_code(code)).filter(|_| shared);
        if let Some(division) = division {
            // Two towns of one name may lie in counties of one name; then the whole path is the name.
            let near = places.parent(division).map(|above| places.name(above).to_string() + places.name(division));
            let alone = near.as_ref().is_some_and(|near| {
                let same = |path: &&String| path.ends_with(near.as_str());
                paths[&meta.place.name].iter().filter(same).count() == 1
            });
            meta.place.name = near.filter(|_| alone).unwrap_or_else(|| places.path(division));
        } else if let Some(path) = meta.place.path.clone().filter(|_| shared) {
            meta.place.name = path;
        }
    }
}
