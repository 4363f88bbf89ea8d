//! What the system or a decompressor says when it fails, in both languages.

use super::inflate::OverLimit;
use crate::notice::Clause;
use std::io::{self, ErrorKind};

/// Why something could not be read.
///
/// The Chinese is by the kind of error. The error's own words stand behind it only where they say more than the kind does.
pub fn told(error: &io::Error) -> Clause {
    if let Some(over) = error.get_ref().and_then(|inner| inner.downcast_ref::<OverLimit>()) {
        return over.clause();
    }
    let en = error.to_string();
    let zh = match error.kind() {
        ErrorKind::NotFound => "找不到该文件".to_string(),
        ErrorKind::PermissionDenied => "没有读取权限".to_string(),
        ErrorKind::UnexpectedEof => "内容不完整，中途断开".to_string(),
        ErrorKind::TimedOut => "读取超时".to_string(),
        ErrorKind::OutOfMemory => "内存不足".to_string(),
        ErrorKind::InvalidData | ErrorKind::InvalidInput => format!("数据已损坏（{en}）"),
        _ => format!("读取出错（{en}）"),
    };
    Clause::new(zh, en)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::inflate::Bounded;
    use std::io::Read;

    #[test]
    fn a_missing_file_is_missing_in_chinese_and_other_words_stay_in_brackets() {
        let pair = |error: io::Error| (told(&error).zh, told(&error).en);
        let missing = io::Error::from(ErrorKind::NotFound);
        let english = missing.to_string();
        assert_eq!(pair(missing), ("找不到该文件".to_owned(), english));
        assert_eq!(told(&io::Error::from(ErrorKind::PermissionDenied)).zh, "没有读取权限");
        assert_eq!(
            pair(io::Error::new(ErrorKind::InvalidData, "bad block")),
            ("数据已损坏（bad block）".to_owned(), "bad block".to_owned())
        );
        assert_eq!(
            pair(io::Error::other("the disk is gone")),
            ("读取出错（the disk is gone）".to_owned(), "the disk is gone".to_owned())
        );
    }

    #[test]
    fn a_limit_of_ours_is_named_in_chinese() {
        let error = Bounded::new(&b"12345"[..], 4, &["甲", "乙"]).read_to_end(&mut Vec::new()).unwrap_err();
        assert_eq!(told(&error).zh, "解出的内容超过 4 字节，即上限 甲 或 乙");
        assert_eq!(told(&error).en, error.to_string());
    }
}
