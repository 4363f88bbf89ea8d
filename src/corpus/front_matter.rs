//! Front matter of a markdown file: parsed into fields, while the text keeps it.

/// The fields between the two `---` lines at the top of `text`, as (name, value) in order; none if there is no front matter.
///
/// What is understood is what sites write: `name: value`, quotes, `[a, b]` and `- a` lists (joined by `、`), and folded blocks.
/// A line that is none of these is passed over: front matter never makes a document unreadable.
pub fn fields(text: &str) -> Vec<(String, String)> {
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    let Some(rest) = text.strip_prefix("---").filter(|rest| rest.starts_with(['\n', '\r'])) else { return Vec::new() };
    let Some(body) = body(rest) else { return Vec::new() };
    let mut fields: Vec<(String, Vec<String>)> = Vec::new();
    for line in body.lines() {
        let nested = line.starts_with([' ', '\t']) || line.starts_with("- ");
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if nested {
            if let Some((_, values)) = fields.last_mut() {
                values.push(unquoted(line.strip_prefix("- ").unwrap_or(line)).to_string());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            let value = match value.trim() {
                "|" | ">" | "|-" | ">-" => "",
                value => value,
            };
            fields.push((name.trim().to_string(), items(value)));
        }
    }
    fields
        .into_iter()
        .map(|(name, values)| (name, values.into_iter().filter(|v| !v.is_empty()).collect::<Vec<_>>().join("、")))
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

/// The text up to the closing line; front matter longer than 200 lines is a text that begins with a rule.
fn body(rest: &str) -> Option<&str> {
    let mut end = 0;
    for (n, line) in rest.split_inclusive('\n').enumerate().take(200) {
        if n > 0 && matches!(line.trim_end(), "---" | "...") {
            return Some(&rest[..end]);
        }
        end += line.len();
    }
    None
}

/// The items of a value: those of `[a, b]`, or the value itself.
fn items(value: &str) -> Vec<String> {
    match value.strip_prefix('[').and_then(|v| v.strip_suffix(']')) {
        Some(list) => list.split(',').map(|item| unquoted(item.trim()).to_string()).collect(),
        None => vec![unquoted(value).to_string()],
    }
}

/// The value without the quotes around it.
fn unquoted(value: &str) -> &str {
    ['"', '\'']
        .iter()
        .find_map(|&quote| value.strip_prefix(quote).and_then(|v| v.strip_suffix(quote)))
        .unwrap_or(value)
        .trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_and_the_text_is_not_touched() {
        let text = "---\r\nlayout: post\r\ntitle: \"青石镇：新局\"\r\ntags: [农业, 镇]\r\nlist:\r\n  - 甲\r\n  - 乙\r\nempty:\r\n---\r\n<p>正文</p>";
        let pair = |a: &str, b: &str| (a.to_string(), b.to_string());
        assert_eq!(
            fields(text),
            [pair("layout", "post"), pair("title", "青石镇：新局"), pair("tags", "农业、镇"), pair("list", "甲、乙")]
        );
    }

    #[test]
    fn a_rule_or_an_open_block_is_no_front_matter() {
        for text in ["--- 一、总体要求", "---\n一、总体要求\n正文", "正文\n---\na: b\n---\n", ""] {
            assert_eq!(fields(text), [], "{text:?}");
        }
    }
}
