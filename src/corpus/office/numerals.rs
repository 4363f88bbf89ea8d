//! Numbers as Word shows them before a paragraph: 一、（一）1. ① 甲 Ⅳ …

/// The number `n` in the format that `w:numFmt` names; an unknown format is shown in figures, as Word does.
///
/// Source: ECMA-376 part 1, 17.18.59 (ST_NumberFormat).
pub fn shown(n: u32, format: &str) -> String {
    let from = |series: &str| {
        let index = usize::try_from(n).ok()?.checked_sub(1)?;
        series.chars().nth(index).map(String::from)
    };
    let figures = n.to_string();
    match format {
        "none" | "bullet" => String::new(),
        "decimalZero" => format!("{n:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => {
            figures.chars().map(|c| char::from_u32(c as u32 + 0xFEE0).unwrap_or(c)).collect()
        }
        "chineseCounting" | "taiwaneseCounting" if n >= 100 => digits(&figures, '○'),
        "chineseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseCounting" => counted(n, "零一二三四五六七八九", "十百千", true),
        "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => digits(&figures, '〇'),
        "chineseLegalSimplified" => counted(n, "零壹贰叁肆伍陆柒捌玖", "拾佰仟", false),
        "ideographLegalTraditional" | "japaneseLegal" => counted(n, "零壹貳參肆伍陸柒捌玖", "拾佰仟", false),
        "ideographTraditional" => from("甲乙丙丁戊己庚辛壬癸").unwrap_or(figures),
        "ideographZodiac" => from("子丑寅卯辰巳午未申酉戌亥").unwrap_or(figures),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => enclosed(n, 20, 0x2460).unwrap_or(figures),
        "decimalEnclosedParen" => enclosed(n, 20, 0x2474).unwrap_or(figures),
        "decimalEnclosedFullstop" => enclosed(n, 20, 0x2488).unwrap_or(figures),
        "ideographEnclosedCircle" => enclosed(n, 10, 0x3280).unwrap_or(figures),
        "upperRoman" => roman(n).unwrap_or(figures),
        "lowerRoman" => roman(n).map_or(figures, |roman| roman.to_lowercase()),
        "upperLetter" => letters(n, b'A'),
        "lowerLetter" => letters(n, b'a'),
        _ => figures,
    }
}

/// The `n`th of the enclosed numbers that begin at `first`.
fn enclosed(n: u32, last: u32, first: u32) -> Option<String> {
    (1..=last).contains(&n).then(|| char::from_u32(first + n - 1).map(String::from)).flatten()
}

/// Figure by figure.
fn digits(figures: &str, zero: char) -> String {
    let han = "一二三四五六七八九";
    figures
        .chars()
        .map(|c| c.to_digit(10).and_then(|d| han.chars().nth((d as usize).wrapping_sub(1))).unwrap_or(zero))
        .collect()
}

/// Counted with 十百千, up to 9,999; 11 is 十一 where the leading 一 is `dropped`.
fn counted(n: u32, numerals: &str, powers: &str, dropped: bool) -> String {
    if n == 0 || n > 9_999 {
        return if n == 0 { numerals.chars().take(1).collect() } else { n.to_string() };
    }
    let numerals: Vec<char> = numerals.chars().collect();
    let powers: Vec<char> = powers.chars().collect();
    let mut text = String::new();
    let mut gap = false;
    for place in (0..4u32).rev() {
        let digit = (n / 10u32.pow(place) % 10) as usize;
        if digit == 0 {
            gap = !text.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            text.push(numerals[0]);
        }
        if !(dropped && place == 1 && digit == 1 && text.is_empty()) {
            text.push(numerals[digit]);
        }
        if place > 0 {
            text.push(powers[place as usize - 1]);
        }
    }
    text
}

/// Roman figures, up to 3,999.
fn roman(n: u32) -> Option<String> {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = (1..4_000).contains(&n).then_some(n)?;
    let mut text = String::new();
    for (value, letters) in STEPS {
        while rest >= value {
            text.push_str(letters);
            rest -= value;
        }
    }
    Some(text)
}

/// A … Z, then AA, BB, … as Word does.
fn letters(n: u32, first: u8) -> String {
    match n.checked_sub(1) {
        Some(index) if index < 26 * 20 => {
            let letter = first + (index % 26) as u8;
            char::from(letter).to_string().repeat(index as usize / 26 + 1)
        }
        _ => n.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn numbers_are_shown_as_word_shows_them() {
        for (n, format, wanted) in [
            (1, "chineseCountingThousand", "一"),
            (10, "chineseCounting", "十"),
            (11, "chineseCountingThousand", "十一"),
            (20, "japaneseCounting", "二十"),
            (100, "chineseCounting", "一○○"),
            (101, "chineseCountingThousand", "一百零一"),
            (110, "chineseCountingThousand", "一百一十"),
            (1010, "chineseCountingThousand", "一千零一十"),
            (12, "chineseLegalSimplified", "壹拾贰"),
            (3, "ideographTraditional", "丙"),
            (12, "ideographZodiac", "亥"),
            (20, "decimalEnclosedCircle", "⑳"),
            (21, "decimalEnclosedCircle", "21"),
            (2, "decimalEnclosedParen", "⑵"),
            (12, "decimalFullWidth", "１２"),
            (7, "decimalZero", "07"),
            (14, "upperRoman", "XIV"),
            (9, "lowerRoman", "ix"),
            (28, "lowerLetter", "bb"),
            (5, "bullet", ""),
            (0, "decimal", "0"),
            (4, "someNewFormat", "4"),
        ] {
            assert_eq!(shown(n, format), wanted, "{n} {format}");
        }
    }
}
