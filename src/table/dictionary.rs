//! The data dictionary as a csv text.

use crate::codebook::Codebook;
use crate::table::columns::{ALL, TERMS};

/// The dictionary of all tables: `table, column, type, unit, meaning`, UTF-8 with a byte order mark.
pub fn dictionary(codebook: &Codebook) -> String {
    let mut rows = vec![["table", "column", "type", "unit", "meaning"].map(str::to_owned)];
    for table in ALL {
        for column in table.columns {
            rows.push([table.name, column.name, column.kind.name(), column.unit, column.en].map(str::to_owned));
        }
        if table.name == TERMS.name {
            for theme in &codebook.themes {
                let meaning = format!("the term's class TF-IDF weight in the theme {} ({})", theme.id, theme.zh);
                rows.push([table.name.into(), theme.id.clone(), "real".into(), String::new(), meaning]);
            }
        }
    }
    let mut text = String::from("\u{feff}");
    for row in rows {
        text.push_str(&row.map(|field| quoted(&field)).join(","));
        text.push('\n');
    }
    text
}

/// The field as csv wants it: in quotes where it holds a comma, a quote or a line end.
fn quoted(field: &str) -> String {
    match field.contains([',', '"', '\n']) {
        true => format!("\"{}\"", field.replace('"', "\"\"")),
        false => field.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dictionary_names_every_column_and_every_theme() {
        let text = dictionary(&Codebook::township());
        let columns: usize = ALL.iter().map(|table| table.columns.len()).sum();
        assert_eq!(text.lines().count(), 1 + columns + 11);
        assert!(text.contains("emphasis,lq,real,ratio,"));
        assert!(text.contains("terms,agriculture,real,"));
    }

    #[test]
    fn every_meaning_is_told_in_chinese_too() {
        use crate::text::is_han;
        for column in ALL.iter().flat_map(|table| table.columns) {
            let (name, zh) = (column.name, column.zh);
            assert!(zh.chars().any(is_han) && !zh.contains(['。', ';', ',']), "{name}: {zh}");
            assert!(column.en.chars().any(|c| c.is_ascii_alphabetic()), "{name}: {}", column.en);
            assert_eq!(column.unit.is_empty(), column.unit_zh().is_empty(), "{name}");
        }
    }
}
