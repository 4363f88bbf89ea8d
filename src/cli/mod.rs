//! The command line: what was typed becomes calls of the library, what comes back becomes files and words.
//!
//! One file a command. The library never prints; this room does.

mod args;
mod chart;
mod code;
mod codebook;
mod evaluate;
mod files;
mod label;
mod memory;
mod outline;
mod run;
mod shown;
mod train;
mod verify;

use std::process::ExitCode;

use clap::Parser;

use crate::error::{Error, Result, Trouble};
use crate::progress::{Cause, Stop};
use args::{Cli, Command};
use shown::Voice;

/// Does what the command line says; the exit code is 0 when all went well.
///
/// # Errors
/// Whatever the command meets; [`Error::exit_code`] gives the code.
pub fn run() -> Result<ExitCode> {
    let cli = Cli::parse();
    if let Some(threads) = cli.threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads.into())
            .build_global()
            .map_err(|error| Error::Settings(Trouble::new(format!("--threads {threads}: {error}"))))?;
    }
    let stop = Stop::default();
    let brake = stop.clone();
    ctrlc::set_handler(move || brake.pull(Cause::User))
        .map_err(|error| Error::Settings(Trouble::new(format!("cannot listen for Ctrl-C: {error}"))))?;
    if let Some(limit) = cli.memory {
        memory::watch(limit, stop.clone())?;
    }
    let voice = Voice::new(cli.quiet, cli.verbose, stop);
    match &cli.command {
        Command::Run(args) => run::run(args, &voice),
        Command::Outline(args) => outline::outline(args),
        Command::Code(args) => code::code(args, &voice),
        Command::Train(args) => train::train(args, &voice),
        Command::Chart(args) => chart::chart(args, &voice),
        Command::Evaluate(args) => evaluate::evaluate(args, &voice),
        Command::Label(command) => label::label(command, &voice),
        Command::Verify(args) => verify::verify(args, &voice),
        Command::Codebook(command) => codebook::codebook(command, &voice),
    }
}
