//! The object graph of an opened PDF, read within what it may still cost.

use crate::notice::Clause;
use lopdf::{Dictionary, Document, Error, Object, ObjectId, Stream};
use std::cell::Cell;

/// An opened PDF.
pub struct Graph {
    document: Document,
    /// How many bytes may still be inflated, and how many might be at first.
    inflatable: Cell<u64>,
    allowance: u64,
    /// How many steps the pages may still take.
    steps: Cell<u64>,
    limit: u64,
}

impl Graph {
    /// A document from which `inflatable` bytes may come, in `steps` steps.
    pub fn new(document: Document, inflatable: u64, steps: u64) -> Graph {
        Graph {
            document,
            inflatable: Cell::new(inflatable),
            allowance: inflatable,
            steps: Cell::new(steps),
            limit: steps,
        }
    }

    /// The file's trailer.
    pub fn trailer(&self) -> &Dictionary {
        &self.document.trailer
    }

    /// The document, to look up encodings in.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// What `object` is or refers to.
    pub fn follow<'g>(&'g self, object: &'g Object) -> Option<&'g Object> {
        self.document.dereference(object).ok().map(|(_, object)| object)
    }

    /// The value of `key`, references followed.
    pub fn get<'g>(&'g self, dictionary: &'g Dictionary, key: &[u8]) -> Option<&'g Object> {
        dictionary.get(key).ok().and_then(|object| self.follow(object))
    }

    /// The dictionary at `key`; of a stream its dictionary.
    pub fn dictionary<'g>(&'g self, dictionary: &'g Dictionary, key: &[u8]) -> Option<&'g Dictionary> {
        self.get(dictionary, key).and_then(as_dictionary)
    }

    /// The stream at `key`.
    pub fn stream<'g>(&'g self, dictionary: &'g Dictionary, key: &[u8]) -> Option<&'g Stream> {
        self.get(dictionary, key).and_then(|object| object.as_stream().ok())
    }

    /// The name at `key`.
    pub fn name<'g>(&'g self, dictionary: &'g Dictionary, key: &[u8]) -> Option<&'g [u8]> {
        self.get(dictionary, key).and_then(|object| object.as_name().ok())
    }

    /// The array at `key`, empty if there is none.
    pub fn array<'g>(&'g self, dictionary: &'g Dictionary, key: &[u8]) -> &'g [Object] {
        self.get(dictionary, key).and_then(|object| object.as_array().ok()).map_or(&[], Vec::as_slice)
    }

    /// The number at `key`.
    pub fn number(&self, dictionary: &Dictionary, key: &[u8]) -> Option<f64> {
        self.get(dictionary, key).and_then(number)
    }

    /// The numbers of the array at `key`, in their places; what is no number is 0.
    pub fn numbers(&self, dictionary: &Dictionary, key: &[u8]) -> Vec<f64> {
        let value = |object| self.follow(object).and_then(number).unwrap_or(0.0);
        self.array(dictionary, key).iter().map(value).collect()
    }

    /// The object number to which `key` refers.
    pub fn reference(&self, dictionary: &Dictionary, key: &[u8]) -> Option<ObjectId> {
        dictionary.get(key).ok().and_then(|object| object.as_reference().ok())
    }

    /// What a stream inflates to; `None` if it is damaged or packed in a way that is not read.
    ///
    /// # Errors
    /// If more has come out than the limits allow, as a clause.
    pub fn inflated(&self, stream: &Stream) -> Result<Option<Vec<u8>>, Clause> {
        let left = self.inflatable.get();
        match stream.decompressed_content_with_limit(usize::try_from(left).unwrap_or(usize::MAX)) {
            Ok(content) => {
                self.inflatable.set(left.saturating_sub(content.len() as u64));
                Ok(Some(content))
            }
            Err(Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => Err(Clause::new(
                "解压后的数据超过上限 max_inflation_ratio 或 max_inflated_bytes",
                "its streams give more than the limit max_inflation_ratio or max_inflated_bytes allows",
            )),
            Err(_) => Ok(None),
        }
    }

    /// The same for a stream that was inflated before: what comes out is paid for in steps.
    ///
    /// # Errors
    /// If there are no steps left, as a clause.
    pub fn inflated_again(&self, stream: &Stream) -> Result<Option<Vec<u8>>, Clause> {
        let left = self.inflatable.replace(self.allowance);
        let content = self.inflated(stream);
        self.inflatable.set(left);
        self.step(content.as_ref().map_or(0, |content| content.as_ref().map_or(0, |content| content.len() / 16)))?;
        content
    }

    /// Takes steps from those that may still be taken.
    ///
    /// # Errors
    /// If there are none left, as a clause.
    pub fn step(&self, count: usize) -> Result<(), Clause> {
        let left = self.steps.get().checked_sub(count as u64);
        let limit = self.limit;
        self.steps.set(left.ok_or_else(|| {
            Clause::new(
                format!("页面的绘制步数超过上限 max_pdf_steps = {limit}"),
                format!("its pages take more steps than the limit max_pdf_steps = {limit}"),
            )
        })?);
        Ok(())
    }
}

/// A dictionary, or that of a stream.
pub fn as_dictionary(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dictionary) => Some(dictionary),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// A number, be it written with a point or without.
pub fn number(object: &Object) -> Option<f64> {
    match object {
        Object::Integer(value) => Some(*value as f64),
        Object::Real(value) => Some(f64::from(*value)),
        _ => None,
    }
}
