//! `cezhong chart`: one chart of a finished run, drawn again with other options.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::chart::{Bilingual, Drawing, Lang, Plot, Size, Style};
use crate::cli::args::Chart;
use crate::cli::run::typed;
use crate::cli::shown::{Voice, print};
use crate::error::{Error, Result, Trouble};
use crate::manifest::{MANIFEST, Manifest};

/// Draws the named chart, or lists what can be drawn.
pub fn chart(args: &Chart, voice: &Voice) -> Result<ExitCode> {
    // `cezhong chart out/` asks what there is in out/.
    let (name, out) = match &args.name {
        Some(name) if Path::new(name).is_dir() => (None, PathBuf::from(name)),
        name => (name.as_deref(), args.out.clone()),
    };
    let known = charts(&out)?;
    let Some(name) = name else {
        for name in known {
            print(&format!("{name}\t{}", read(&out, &name)?.in_lang(lang(args, &out)?).title()))?;
        }
        return Ok(ExitCode::SUCCESS);
    };
    if !known.iter().any(|known| known == name) {
        let trouble = Trouble::at(&out, format!("the run has no chart “{name}”"));
        return Err(Error::Input(trouble.remedy(format!("choose one of {}", known.join(", ")))));
    }
    let mut size = Size::Screen;
    typed(&mut size, "--size", args.size.as_deref())?;
    let style = Style { lang: lang(args, &out)?, size };
    let mut plot = read(&out, name)?.in_lang(style.lang).clone();
    if !args.places.is_empty() {
        keep(&mut plot, &args.places, name)?;
    }
    let target = args.output.clone().unwrap_or_else(|| PathBuf::from(format!("{name}.png")));
    let pages = plot.draw(&style)?;
    let several = pages.len() > 1;
    for (number, page) in pages.iter().enumerate() {
        let path = if several { numbered(&target, number + 1) } else { target.clone() };
        save(page, &path, style)?;
        voice.say(&format!("{}", path.display()));
    }
    Ok(ExitCode::SUCCESS)
}

/// The names of the charts of a run, sorted.
fn charts(out: &Path) -> Result<Vec<String>> {
    let folder = out.join("charts");
    let entries = fs::read_dir(&folder).map_err(|source| {
        let trouble = Trouble::at(&folder, "the charts of the run cannot be listed").source(source);
        Error::Input(trouble.remedy("name the out folder of a finished run"))
    })?;
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| Some(entry.file_name().to_str()?.strip_suffix(".json")?.to_owned()))
        .collect();
    names.sort();
    Ok(names)
}

fn read(out: &Path, name: &str) -> Result<Bilingual> {
    let path = out.join("charts").join(format!("{name}.json"));
    let text = fs::read_to_string(&path)
        .map_err(|source| Error::Input(Trouble::at(&path, "the chart cannot be read").source(source)))?;
    serde_json::from_str(&text).map_err(|error| {
        let trouble = Trouble { line: Some(error.line()), ..Trouble::at(&path, format!("this is no chart: {error}")) };
        Error::Input(trouble.remedy("run again with this version of cezhong"))
    })
}

/// The language asked for, else that of the run.
fn lang(args: &Chart, out: &Path) -> Result<Lang> {
    let mut lang = Manifest::read(&out.join(MANIFEST))
        .ok()
        .and_then(|manifest| serde_json::from_value(manifest.settings.get("lang")?.clone()).ok())
        .unwrap_or_default();
    typed(&mut lang, "--lang", args.lang.as_deref())?;
    Ok(lang)
}

/// Keeps the chart to some places.
fn keep(plot: &mut Plot, places: &[String], name: &str) -> Result<()> {
    let known: BTreeSet<String> = plot.places().into_iter().map(str::to_owned).collect();
    if known.is_empty() {
        return Err(Error::Input(
            Trouble::new(format!("the chart {name} shows no places")).remedy("leave --places out"),
        ));
    }
    if let Some(unknown) = places.iter().find(|place| !known.contains(*place)) {
        let mut names: Vec<&str> = known.iter().take(10).map(String::as_str).collect();
        if known.len() > names.len() {
            names.push("…");
        }
        return Err(Error::Input(
            Trouble::new(format!("the chart {name} has no place “{unknown}”"))
                .remedy(format!("its places are {}", names.join(", "))),
        ));
    }
    plot.keep(&places.iter().map(String::as_str).collect());
    Ok(())
}

/// `map.png` becomes `map-2.png`.
fn numbered(path: &Path, number: usize) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{stem}-{number}.{extension}"))
}

fn save(page: &Drawing, path: &Path, style: Style) -> Result<()> {
    let bytes = match path.extension().and_then(|extension| extension.to_str()) {
        Some("png") => page.png(style.dots())?,
        Some("svg") => page.outlined()?.into_bytes(),
        _ => {
            let trouble = Trouble::at(path, "this is neither a .png nor a .svg");
            return Err(Error::Output(trouble.remedy("end the file’s name in .png or .svg")));
        }
    };
    fs::write(path, bytes)
        .map_err(|source| Error::Output(Trouble::at(path, "the chart cannot be written").source(source)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_numbered_before_the_extension() {
        assert_eq!(numbered(Path::new("a/map.png"), 2), Path::new("a/map-2.png"));
    }
}
