//! A command as words, so that no shell reads it where none is needed.

/// What only a shell understands.
const OF_A_SHELL: &str = "|&;<>()$`\\\"'*?[]{}#!\n\r";

/// The words of a command, or the shell with the whole of it.
pub fn of_command(command: &str) -> Vec<String> {
    let words: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
    // `NAME=value program` sets a variable, and `~` is a home folder to a shell alone.
    let needs_shell = command.contains(|c| OF_A_SHELL.contains(c))
        || words.first().is_some_and(|word| word.contains('='))
        || words.iter().any(|word| word.starts_with('~'));
    if needs_shell { vec!["sh".to_owned(), "-c".to_owned(), command.to_owned()] } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_a_command_only_where_words_do_not_do() {
        assert_eq!(of_command(" jira-export  --project=A 5% "), ["jira-export", "--project=A", "5%"]);
        for text in ["a | b", "echo $HOME", "a 'b c'", "X=1 a", "~/bin/a", "a; b", "a *.csv"] {
            assert_eq!(of_command(text), ["sh", "-c", text]);
        }
    }
}
