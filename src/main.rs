//! The command `cezhong`.

fn main() {}
