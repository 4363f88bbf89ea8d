//! From frames to files: csv, parquet, arrow, jsonl and xlsx.

use std::fs::File;
use std::path::Path;

use polars::prelude::*;
use rayon::prelude::*;
use rust_xlsxwriter::{Format as CellFormat, Workbook, Worksheet};

use crate::error::{Error, Result, Trouble};
use crate::record::Analysis;
use crate::table::{coded, columns, course, likeness, profile, statistics};

/// A format of table files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// UTF-8 with a byte order mark, LF, quoted where needed, floats at shortest round trip.
    Csv,
    /// Apache Parquet, compressed with zstd.
    Parquet,
    /// Arrow IPC file.
    Arrow,
    /// One JSON object a line.
    Jsonl,
    /// One workbook `tables.xlsx` with a sheet a table.
    Xlsx,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 5] = [Format::Csv, Format::Parquet, Format::Arrow, Format::Jsonl, Format::Xlsx];

    /// The file's extension.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Parquet => "parquet",
            Format::Arrow => "arrow",
            Format::Jsonl => "jsonl",
            Format::Xlsx => "xlsx",
        }
    }
}

/// A table as an iterator of frames of one schema, so that a large one never stands in memory whole.
type Frames<'a> = Box<dyn Iterator<Item = DataFrame> + Send + 'a>;

/// A table with what makes its frames; asked once a format family, so that nothing is kept.
type Made<'a> = (&'static columns::Table, Box<dyn Fn() -> Frames<'a> + Sync + 'a>);

/// A table that is one frame.
fn whole<'a>(analysis: &'a Analysis, table: &'static columns::Table, frame: fn(&Analysis) -> DataFrame) -> Made<'a> {
    (table, Box::new(move || Box::new(std::iter::once_with(move || frame(analysis)))))
}

/// Every table, in the order of the dictionary.
fn made(analysis: &Analysis) -> Vec<Made<'_>> {
    let whole = |table: &'static columns::Table, frame: fn(&Analysis) -> DataFrame| whole(analysis, table, frame);
    vec![
        whole(&columns::DOCUMENTS, coded::documents),
        (&columns::SENTENCES, Box::new(|| Box::new(coded::sentences(analysis)))),
        (&columns::MEASURES, Box::new(|| Box::new(coded::measures(analysis)))),
        whole(&columns::CLUSTERS, statistics::clusters),
        whole(&columns::CANDIDATES, statistics::candidates),
        whole(&columns::TERMS, statistics::terms),
        whole(&columns::EMPHASIS, statistics::emphasis),
        whole(&columns::KEYNESS, statistics::keyness),
        whole(&columns::DIVERSITY, statistics::diversity),
        whole(&columns::PLACE_YEARS, profile::place_years),
        whole(&columns::PANEL, course::panel),
        whole(&columns::CHANGE, course::change),
        whole(&columns::TURNS, course::turns),
        whole(&columns::TARGETS, profile::targets),
        whole(&columns::COMMITMENT, profile::commitment),
        whole(&columns::POSITION, profile::position),
        whole(&columns::CORRESPONDENCE, likeness::correspondence),
        whole(&columns::SIMILARITY, likeness::similarity),
        whole(&columns::TREE, likeness::tree),
        whole(&columns::DISPERSION, profile::dispersion),
        whole(&columns::OWN_WORDS, profile::own_words),
        whole(&columns::DUPLICATES, statistics::duplicates),
    ]
}

/// Writes every table of `analysis` into `folder`, in every one of `formats`.
///
/// # Errors
/// [`Error::Output`] when a file cannot be written, or when a table has more rows than an xlsx sheet holds.
pub fn write_all(analysis: &Analysis, folder: &Path, formats: &[Format]) -> Result<()> {
    let tables = made(analysis);
    let streamed: Vec<Format> = formats.iter().copied().filter(|format| *format != Format::Xlsx).collect();
    tables.par_iter().try_for_each(|(table, frames)| {
        let mut sinks =
            streamed.iter().map(|format| Sink::new(folder, table.name, *format)).collect::<Result<Vec<_>>>()?;
        let mut frames = frames();
        let mut frame = frames.next();
        while let Some(ready) = frame.take() {
            // The next frame is made while this one is written in all formats.
            let (written, next) = rayon::join(
                || sinks.par_iter_mut().map(|sink| sink.write(&ready)).collect::<Vec<_>>(),
                || frames.next(),
            );
            written.into_iter().collect::<Result<()>>()?;
            frame = next;
        }
        sinks.into_iter().try_for_each(Sink::finish)
    })?;
    if formats.contains(&Format::Xlsx) {
        workbook(&folder.join("tables.xlsx"), &tables)?;
    }
    Ok(())
}

/// One file in the making; the writer inside is made with the first frame, which brings the schema.
struct Sink {
    path: std::path::PathBuf,
    format: Format,
    writer: Option<Writer>,
}

enum Writer {
    Csv(Box<polars::io::csv::write::BatchedWriter<File>>),
    Parquet(Box<polars::io::parquet::write::BatchedWriter<File>>),
    Arrow(Box<polars::io::ipc::BatchedWriter<File>>),
    Jsonl(polars::io::json::BatchedWriter<File>),
}

impl Sink {
    fn new(folder: &Path, name: &str, format: Format) -> Result<Sink> {
        Ok(Sink { path: folder.join(format!("{name}.{}", format.extension())), format, writer: None })
    }

    fn write(&mut self, frame: &DataFrame) -> Result<()> {
        if self.writer.is_none() {
            self.writer = Some(self.open(frame)?);
        }
        let written = match self.writer.as_mut() {
            Some(Writer::Csv(writer)) => writer.write_batch(frame),
            Some(Writer::Parquet(writer)) => writer.write_batch(frame),
            Some(Writer::Arrow(writer)) => writer.write_batch(frame),
            Some(Writer::Jsonl(writer)) => writer.write_batch(frame),
            None => Ok(()),
        };
        written.map_err(|error| failed(&self.path, &error))
    }

    fn open(&self, frame: &DataFrame) -> Result<Writer> {
        let file = File::create(&self.path)
            .map_err(|source| Error::Output(Trouble::at(&self.path, "the table cannot be created").source(source)))?;
        let schema = frame.schema();
        let writer = match self.format {
            Format::Parquet => ParquetWriter::new(file)
                .with_compression(ParquetCompression::Zstd(None))
                .batched(schema)
                .map(|writer| Writer::Parquet(Box::new(writer))),
            Format::Arrow => {
                // One entry a column, or the file's schema is empty: plain columns have neither children nor a dictionary.
                let fields = schema.iter().map(|_| Default::default()).collect();
                IpcWriter::new(file).batched(schema, fields).map(|writer| Writer::Arrow(Box::new(writer)))
            }
            Format::Jsonl => Ok(Writer::Jsonl(polars::io::json::BatchedWriter::new(file))),
            Format::Csv | Format::Xlsx => {
                CsvWriter::new(file).include_bom(true).batched(schema).map(|writer| Writer::Csv(Box::new(writer)))
            }
        };
        writer.map_err(|error| failed(&self.path, &error))
    }

    fn finish(self) -> Result<()> {
        let finished = match self.writer {
            Some(Writer::Csv(mut writer)) => writer.finish(),
            Some(Writer::Parquet(writer)) => writer.finish().map(|_| ()),
            Some(Writer::Arrow(mut writer)) => writer.finish(),
            Some(Writer::Jsonl(_)) | None => Ok(()),
        };
        finished.map_err(|error| failed(&self.path, &error))
    }
}

fn failed(path: &Path, error: &PolarsError) -> Error {
    Error::Output(
        Trouble::at(path, format!("the table cannot be written: {error}")).remedy("check the space on the disk"),
    )
}

/// One workbook with a sheet a table, the first row frozen and bold, filters on.
fn workbook(path: &Path, tables: &[Made<'_>]) -> Result<()> {
    let sheet_failed = |error: rust_xlsxwriter::XlsxError| {
        Error::Output(
            Trouble::at(path, format!("the workbook cannot be written: {error}"))
                .remedy("a sheet holds 1,048,575 rows; take csv or parquet for more"),
        )
    };
    let mut book = Workbook::new();
    // A fixed date of creation, so that two runs give the same bytes.
    let created = rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1).map_err(sheet_failed)?;
    book.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&created));
    let bold = CellFormat::new().set_bold();
    for (table, frames) in tables {
        let sheet = book.add_worksheet();
        sheet.set_name(table.name).map_err(sheet_failed)?;
        sheet.set_freeze_panes(1, 0).map_err(sheet_failed)?;
        let mut row = 0u32;
        for frame in frames() {
            if row == 0 {
                for (column, name) in frame.get_column_names().iter().enumerate() {
                    sheet.write_string_with_format(0, column as u16, name.as_str(), &bold).map_err(sheet_failed)?;
                }
                row = 1;
            }
            for (index, column) in frame.columns().iter().enumerate() {
                write_cells(sheet, row, index as u16, column).map_err(sheet_failed)?;
            }
            row += frame.height() as u32;
        }
    }
    book.save(path).map_err(sheet_failed)
}

/// An xlsx cell holds 32,767 characters; a longer text is cut there and ends in an ellipsis.
const CELL_CHARS: usize = 32_767;

fn write_cells(
    sheet: &mut Worksheet,
    first: u32,
    index: u16,
    column: &Column,
) -> std::result::Result<(), rust_xlsxwriter::XlsxError> {
    let series = column.as_materialized_series();
    for (offset, value) in series.iter().enumerate() {
        let row = first + offset as u32;
        match value {
            AnyValue::Null => {}
            AnyValue::Boolean(flag) => {
                sheet.write_boolean(row, index, flag)?;
            }
            AnyValue::Int64(whole) => {
                sheet.write_number(row, index, whole as f64)?;
            }
            AnyValue::Float64(real) => {
                sheet.write_number(row, index, real)?;
            }
            other => {
                let text = other.get_str().unwrap_or_default();
                match text.char_indices().nth(CELL_CHARS) {
                    None => sheet.write_string(row, index, text)?,
                    Some(_) => {
                        let kept: String = text.chars().take(CELL_CHARS - 1).chain(['…']).collect();
                        sheet.write_string(row, index, kept)?
                    }
                };
            }
        }
    }
    Ok(())
}
