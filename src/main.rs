//! The command `cezhong`: parse, run, print the error, exit.

use std::process::ExitCode;

use cezhong::cli;

fn main() -> ExitCode {
    match cli::run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("cezhong: {error}");
            ExitCode::from(error.exit_code())
        }
    }
}
