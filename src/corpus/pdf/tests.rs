//! Any bytes are read or refused, and what PDFs cost stays within the settings.

use super::read;
use crate::corpus::limits::ReadParams;
use proptest::prelude::*;
use std::path::Path;

/// The PDF cases on disk.
fn cases() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reading/cases");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "pdf"));
    paths.sort();
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), std::fs::read(path).unwrap())).collect()
}

/// Settings under which no file takes long.
fn tight() -> ReadParams {
    ReadParams { max_pdf_values: 200_000, max_pdf_steps: 200_000, max_inflated_bytes: 2 << 20, ..ReadParams::default() }
}

#[test]
fn each_limit_is_named_by_what_it_refuses() {
    let plan = cases().into_iter().find(|(name, _)| name == "object-streams.pdf").unwrap().1;
    let forms = cases().into_iter().find(|(name, _)| name == "forms.pdf").unwrap().1;
    let refused = |bytes: &[u8], params: ReadParams| read(bytes, &params).unwrap_err().en;
    let all = ReadParams::default;
    assert!(refused(&plan, ReadParams { max_pages: 0, ..all() }).contains("max_pages = 0"));
    assert!(refused(&plan, ReadParams { max_pdf_values: 50, ..all() }).contains("max_pdf_values = 50"));
    assert!(refused(&plan, ReadParams { max_pdf_steps: 100, ..all() }).contains("max_pdf_steps = 100"));
    assert!(refused(&plan, ReadParams { max_inflated_bytes: 100, ..all() }).contains("max_inflated_bytes"));
    assert!(refused(&forms, ReadParams { max_pdf_depth: 1, ..all() }).contains("max_pdf_depth = 1"));
}

#[test]
fn the_values_in_packed_objects_are_counted_before_they_are_parsed() {
    let bomb = cases().into_iter().find(|(name, _)| name == "many-values.pdf").unwrap().1;
    assert!(read(&bomb, &ReadParams::default()).unwrap_err().en.contains("max_pdf_values = 8000000"));
}

/// A PDF of these objects, numbered from 1, without a table of them.
fn file<S: AsRef<str>>(objects: &[S]) -> Vec<u8> {
    let mut file = String::from("%PDF-1.7\n");
    for (number, object) in (1..).zip(objects) {
        file.push_str(&format!("{number} 0 obj\n{}\nendobj\n", object.as_ref()));
    }
    file.push_str("trailer\n<</Root 1 0 R>>\n");
    file.into_bytes()
}

#[test]
fn widths_run_out_at_the_last_number_of_a_glyph() {
    let content = "BT /F 12 Tf 1 0 0 1 50 700 Tm <C7E0CAAFD5F2> Tj ET";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_string(),
        "<</Type/Pages/Count 1/Kids[3 0 R]>>".to_string(),
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>".to_string(),
        format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
        "<</Type/Font/Subtype/Type0/Encoding/GBK-EUC-H/DescendantFonts[<</W[4294967295[500 500]]>>]>>".to_string(),
    ];
    assert_eq!(read(&file(&objects), &tight()).unwrap().text, "青石镇\n");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn damaged_files_are_read_or_refused(
        choice in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..24),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let cases = cases();
        let mut bytes = choice.get(&cases).1.clone();
        for (place, byte) in changes {
            let at = place.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(extracted) = read(&bytes, &tight()) {
            prop_assert!(extracted.text.ends_with('\n'));
        }
    }

    #[test]
    fn any_content_is_walked(content in prop::collection::vec(prop::sample::select(vec![
        "q", "Q", "BT", "ET", "/F 12 Tf", "1 0 0 1 9 9 Tm", "0 0 0 0 0 0 cm", "1e9 5 Td", "<C7E0> Tj", "[(a) -9999999 <FF>] TJ", "T*", "'", "\"", "/X Do",
        "/Artifact BMC", "/Span<</ActualText(x)>>BDC", "EMC", "3 Tr", "-1 Tz", "99999999999999999999 Ts", "BI ID EI", "[", ">>", "(", "<", "%",
    ]), 0..60)) {
        let content = content.join(" ");
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>".to_string(),
            "<</Type/Pages/Count 1/Kids[3 0 R]>>".to_string(),
            "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 4 0 R>>>>>>".to_string(),
            format!("<</Subtype/Form/Length {}>>stream\n{content}\nendstream", content.len()),
            "<</Type/Font/Subtype/Type0/Encoding/GBK-EUC-H/DescendantFonts[<<>>]>>".to_string(),
        ];
        // Text or a reason, and no panic; what comes out depends on the draw.
        let _ = read(&file(&objects), &tight());
    }
}
