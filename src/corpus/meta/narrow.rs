//! Which of two names is the closer one: whether a name is a town's, fits a level, or lies below an office's.

use crate::corpus::document::Level;
use crate::corpus::gazetteer::{Gazetteer, Sort, stem};
use crate::corpus::place::{Named, resolve};

/// Whether the last part of a name is a township.
pub(super) fn is_town(named: &Named) -> bool {
    let Some(last) = named.parts.last() else { return false };
    let by_suffix = stem(last).1.and_then(Sort::level) == Some(Level::Township);
    by_suffix
        || Gazetteer::embedded()
            .named(last)
            .iter()
            .any(|division| Gazetteer::embedded().level(*division) == Level::Township)
}

/// Whether a name can be that of a place of `level`; a 市 may be of three levels, and an unknown place of any.
pub(super) fn is_of_level(named: &Named, level: Option<Level>) -> bool {
    let (Some(last), Some(level)) = (named.parts.last(), level) else { return true };
    let divisions = Gazetteer::embedded().called(last);
    let same = divisions.iter().any(|division| Gazetteer::embedded().level(*division) == level);
    divisions.is_empty() || same || last.ends_with('市')
}

/// `office` narrowed by `titled` where that lies below it: 商河县 and 张坊镇 are 商河县张坊镇. Else the office's own name.
pub(super) fn narrowed(office: Named, titled: Named) -> Named {
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
