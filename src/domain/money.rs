//! Amounts of money as people read them. What they are counted in is said once, in the configuration: nothing is ever
//! converted.

use super::count::parted;
use super::record::Datum;

/// `€7,560`, `7,560 CHF`, or the number alone where no currency is named. A sign stands before the number, a word behind it.
pub fn money(amount: f64, currency: &str) -> String {
    let number = grouped(&amount.shown());
    match currency.trim() {
        "" => number,
        sign if sign.chars().any(char::is_alphabetic) => format!("{number} {sign}"),
        sign => match number.strip_prefix(['-', '−']) {
            // The minus stands before the sign of the currency: −€40 and not €−40.
            Some(number) => format!("−{sign}{number}"),
            None => format!("{sign}{number}"),
        },
    }
}

/// With a comma before each three digits of its whole part.
fn grouped(number: &str) -> String {
    let (whole, part) = number.split_at(number.find('.').unwrap_or(number.len()));
    let (sign, digits) = whole.split_at(whole.find(|letter: char| letter.is_ascii_digit()).unwrap_or(0));
    format!("{sign}{}{part}", parted(digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_stands_before_the_amount_and_a_word_behind_it() {
        for (amount, currency, said) in [
            (7560.0, "", "7,560"),
            (7560.0, "€", "€7,560"),
            (1_234_567.5, "$", "$1,234,567.5"),
            (999.0, "CHF", "999 CHF"),
            (-1000.0, "£", "−£1,000"),
            (-1000.0, "kr", "−1,000 kr"),
            (0.0, " € ", "€0"),
        ] {
            assert_eq!(money(amount, currency).replace('-', "−"), said, "{amount} {currency}");
        }
    }
}
