//! Encoding: which text do the bytes of a file stand for?

/// The text of a file in UTF-8 or UTF-16, told apart by the byte order mark or, as every document
/// starts with an ASCII character, by where the first zero is: YAML 1.2, section 5.2.
///
/// # Errors
///
/// How many bytes from the start can be read.
pub(super) fn decoded(bytes: Vec<u8>) -> Result<String, (usize, Vec<u8>)> {
    let order: fn([u8; 2]) -> u16 = match bytes.as_slice() {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        [first, 0, ..] if *first != 0 => u16::from_le_bytes,
        [0, second, ..] if *second != 0 => u16::from_be_bytes,
        _ => {
            return String::from_utf8(bytes).map_err(|error| {
                let valid = error.utf8_error().valid_up_to();
                (valid, error.into_bytes())
            });
        }
    };
    let units = bytes.chunks(2).map(|pair| match *pair {
        [a, b] => order([a, b]),
        // Half of a unit is none.
        _ => 0xd800,
    });
    let mut text = String::with_capacity(bytes.len() / 2);
    for (index, unit) in char::decode_utf16(units).enumerate() {
        match unit {
            Ok(unit) => text.push(unit),
            Err(_) => return Err((index * 2, bytes)),
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_16_is_read_in_both_orders_with_and_without_a_mark() {
        let text = "openapi: é𝄞";
        for mark in ["", "\u{feff}"] {
            let whole = format!("{mark}{text}");
            let little = whole.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big = whole.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(decoded(little), Ok(whole.clone()));
            assert_eq!(decoded(big), Ok(whole));
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert!(decoded(b"a: \xff".to_vec()).is_err());
        assert!(decoded(vec![0xff, 0xfe, b'a', 0, b'b']).is_err());
        assert!(decoded(vec![0xff, 0xfe, 0, 0xd8, b'a', 0]).is_err());
    }
}
