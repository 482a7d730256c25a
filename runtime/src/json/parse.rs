//! Parse: JSON text, for visitors.
//!
//! What is no JSON ends it without a word: `serde_json` reads the text once more then, to say what is
//! wrong with it and where. What it takes for JSON is JSON here, and nothing else.

use std::fmt;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

/// So many lists and objects may be within each other.
const DEPTH: u8 = 127;

/// The text is no JSON, or what is in it is too deep.
#[derive(Debug)]
pub(super) struct NoJson;

impl fmt::Display for NoJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not JSON")
    }
}

impl std::error::Error for NoJson {}

impl de::Error for NoJson {
    fn custom<T: fmt::Display>(_message: T) -> Self {
        Self
    }
}

/// A JSON text, and how much of it has been read.
pub(super) struct Parser<'t> {
    text: &'t str,
    at: usize,
    /// How many more lists and objects may be entered.
    depth: u8,
    /// What a string with escapes says; and, where a value is passed over, what it is in.
    scratch: String,
}

/// A string, without its quotation marks.
enum Text<'t> {
    AsItStands(&'t str),
    InScratch,
}

/// What digits say.
enum Number {
    Unsigned(u64),
    Signed(i64),
    Float(f64),
}

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            depth: DEPTH,
            scratch: String::new(),
        }
    }

    /// Nothing but blanks may be behind a value.
    pub(super) fn end(&mut self) -> Result<(), NoJson> {
        match self.next() {
            None => Ok(()),
            Some(_) => Err(NoJson),
        }
    }

    #[inline]
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no blank, which is not passed.
    #[inline]
    fn next(&mut self) -> Option<u8> {
        loop {
            match self.byte() {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                other => return other,
            }
        }
    }

    /// Passes a byte, and blanks before it.
    #[inline]
    fn pass(&mut self, byte: u8) -> Result<(), NoJson> {
        if self.next() != Some(byte) {
            return Err(NoJson);
        }
        self.at += 1;
        Ok(())
    }

    fn word(&mut self, word: &str) -> Result<(), NoJson> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if !rest.starts_with(word.as_bytes()) {
            return Err(NoJson);
        }
        self.at += word.len();
        Ok(())
    }

    #[inline]
    fn enter(&mut self) -> Result<(), NoJson> {
        self.at += 1;
        self.depth = self.depth.checked_sub(1).ok_or(NoJson)?;
        Ok(())
    }

    #[inline]
    fn leave(&mut self, end: u8) -> Result<(), NoJson> {
        self.depth += 1;
        self.pass(end)
    }

    /// An object, apart from the values that have nothing in them: those need less of the stack.
    #[inline(never)]
    fn object<V: Visitor<'t>>(&mut self, visitor: V) -> Result<V::Value, NoJson> {
        self.enter()?;
        let value = visitor.visit_map(Within::of(self))?;
        self.leave(b'}')?;
        Ok(value)
    }

    #[inline(never)]
    fn list<V: Visitor<'t>>(&mut self, visitor: V) -> Result<V::Value, NoJson> {
        self.enter()?;
        let value = visitor.visit_seq(Within::of(self))?;
        self.leave(b']')?;
        Ok(value)
    }

    /// The rest of a string whose first quotation mark has been passed.
    #[inline]
    fn string(&mut self) -> Result<Text<'t>, NoJson> {
        let start = self.at;
        self.pass_plain();
        if self.byte() != Some(b'"') {
            return self.string_with_escapes(start);
        }
        let text = self.text.get(start..self.at).ok_or(NoJson)?;
        self.at += 1;
        Ok(Text::AsItStands(text))
    }

    #[cold]
    fn string_with_escapes(&mut self, start: usize) -> Result<Text<'t>, NoJson> {
        let mut start = start;
        self.scratch.clear();
        loop {
            let plain = self.text.get(start..self.at).ok_or(NoJson)?;
            self.scratch.push_str(plain);
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(Text::InScratch);
                }
                Some(b'\\') => {
                    self.at += 1;
                    let escaped = self.escaped()?;
                    self.scratch.push(escaped);
                }
                Some(_) | None => return Err(NoJson),
            }
            start = self.at;
            self.pass_plain();
        }
    }

    /// What an escape says whose backslash has been passed: RFC 8259, section 7.
    fn escaped(&mut self) -> Result<char, NoJson> {
        let letter = self.byte().ok_or(NoJson)?;
        self.at += 1;
        let first = match letter {
            b'"' | b'\\' | b'/' => return Ok(char::from(letter)),
            b'b' => return Ok('\u{8}'),
            b'f' => return Ok('\u{c}'),
            b'n' => return Ok('\n'),
            b'r' => return Ok('\r'),
            b't' => return Ok('\t'),
            b'u' => self.unit()?,
            _ => return Err(NoJson),
        };
        let units = if (0xD800..0xDC00).contains(&first) {
            self.word("\\u")?;
            [first, self.unit()?]
        } else {
            [first, 0]
        };
        let mut decoded = char::decode_utf16(units);
        decoded.next().and_then(Result::ok).ok_or(NoJson)
    }

    /// Four hexadecimal digits: a unit of UTF-16.
    fn unit(&mut self) -> Result<u16, NoJson> {
        let digits = self.text.get(self.at..self.at + 4).ok_or(NoJson)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(NoJson);
        }
        self.at += 4;
        u16::from_str_radix(digits, 16).map_err(|_| NoJson)
    }

    /// Passes what stands for itself in a string.
    #[inline]
    fn pass_plain(&mut self) {
        let mut rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        while let Some((eight, after)) = rest.split_first_chunk() {
            let special = special(u64::from_le_bytes(*eight));
            if special != 0 {
                self.at += (special.trailing_zeros() / 8) as usize;
                return;
            }
            self.at += 8;
            rest = after;
        }
        let special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..=0x1F);
        self.at += rest.iter().position(special).unwrap_or(rest.len());
    }

    /// Passes digits, of which there has to be one: what they say, if they are no more than
    /// [`SAFE`](Self::SAFE).
    #[inline]
    fn digits(&mut self) -> Result<u64, NoJson> {
        let start = self.at;
        let mut said = 0_u64;
        while let Some(digit @ b'0'..=b'9') = self.byte() {
            said = said.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            self.at += 1;
        }
        if self.at == start {
            Err(NoJson)
        } else {
            Ok(said)
        }
    }

    /// What so many digits say, a `u64` has room for.
    const SAFE: usize = 19;

    /// Passes the digits before a fraction: what they say, where a `u64` has room for it.
    #[inline]
    fn whole(&mut self) -> Result<Option<u64>, NoJson> {
        let start = self.at;
        let said = self.digits()?;
        let length = self.at - start;
        if length > 1 && self.text.as_bytes().get(start) == Some(&b'0') {
            return Err(NoJson);
        }
        if length <= Self::SAFE {
            return Ok(Some(said));
        }
        let text = self.text.get(start..self.at).ok_or(NoJson)?;
        Ok(text.parse().ok())
    }

    /// Passes a fraction and an exponent: whether there is one of them.
    #[inline]
    fn fraction(&mut self) -> Result<bool, NoJson> {
        match self.byte() {
            Some(b'.' | b'e' | b'E') => self.some_fraction(),
            Some(_) | None => Ok(false),
        }
    }

    fn some_fraction(&mut self) -> Result<bool, NoJson> {
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.byte() {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(true)
    }

    #[inline]
    fn number(&mut self) -> Result<Number, NoJson> {
        let start = self.at;
        let negative = self.byte() == Some(b'-');
        if negative {
            self.at += 1;
        }
        let whole = self.whole()?;
        match (self.fraction()?, whole) {
            (false, Some(whole)) if !negative => Ok(Number::Unsigned(whole)),
            (false, Some(whole)) => match 0_i64.checked_sub_unsigned(whole) {
                // There is a zero below zero among floats alone.
                Some(0) | None => self.float(start),
                Some(value) => Ok(Number::Signed(value)),
            },
            (true, _) | (false, None) => self.float(start),
        }
    }

    /// What has been passed since then, as a float.
    fn float(&self, start: usize) -> Result<Number, NoJson> {
        let text = self.text.get(start..self.at).ok_or(NoJson)?;
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Number::Float(value)),
            Ok(_) | Err(_) => Err(NoJson),
        }
    }

    /// Passes a value that nobody looks at, however deep.
    fn pass_over(&mut self) -> Result<(), NoJson> {
        self.scratch.clear();
        loop {
            match self.next() {
                Some(open @ (b'{' | b'[')) => {
                    self.at += 1;
                    let close = if open == b'{' { b'}' } else { b']' };
                    if self.next() != Some(close) {
                        self.scratch.push(char::from(close));
                        self.pass_name()?;
                        continue;
                    }
                    self.at += 1;
                }
                Some(b'"') => self.pass_string()?,
                Some(b'-' | b'0'..=b'9') => {
                    if self.byte() == Some(b'-') {
                        self.at += 1;
                    }
                    self.whole()?;
                    self.fraction()?;
                }
                Some(b't') => self.word("true")?,
                Some(b'f') => self.word("false")?,
                Some(b'n') => self.word("null")?,
                Some(_) | None => return Err(NoJson),
            }
            // What was passed over ends whatever it is the last of.
            loop {
                let Some(close) = self.scratch.bytes().last() else {
                    return Ok(());
                };
                match self.next() {
                    Some(b',') => {
                        self.at += 1;
                        break;
                    }
                    Some(byte) if byte == close => self.at += 1,
                    Some(_) | None => return Err(NoJson),
                }
                self.scratch.pop();
            }
            self.pass_name()?;
        }
    }

    /// Passes the name of a member and its colon, where a value is passed over that is in an object.
    fn pass_name(&mut self) -> Result<(), NoJson> {
        if !self.scratch.ends_with('}') {
            return Ok(());
        }
        if self.next() != Some(b'"') {
            return Err(NoJson);
        }
        self.pass_string()?;
        self.pass(b':')
    }

    /// Passes a string that nobody looks at: its escapes may be halves of a character.
    fn pass_string(&mut self) -> Result<(), NoJson> {
        self.at += 1;
        loop {
            self.pass_plain();
            let special = self.byte().ok_or(NoJson)?;
            self.at += 1;
            match special {
                b'"' => return Ok(()),
                b'\\' => {
                    let letter = self.byte().ok_or(NoJson)?;
                    self.at += 1;
                    match letter {
                        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {}
                        b'u' => {
                            self.unit()?;
                        }
                        _ => return Err(NoJson),
                    }
                }
                _ => return Err(NoJson),
            }
        }
    }
}

/// A bit in the first byte of eight that does not stand for itself in a string: a quotation mark, a
/// backslash or a control character. In later ones there may be bits as well.
#[inline]
fn special(eight: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let zeros = |bytes: u64| bytes.wrapping_sub(ONES) & !bytes;
    let controls = eight.wrapping_sub(ONES * 0x20) & !eight;
    let quotes = zeros(eight ^ (ONES * u64::from(b'"')));
    let backslashes = zeros(eight ^ (ONES * u64::from(b'\\')));
    (controls | quotes | backslashes) & HIGH
}

impl<'de> Deserializer<'de> for &mut Parser<'de> {
    type Error = NoJson;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NoJson> {
        match self.next() {
            Some(b'"') => {
                self.at += 1;
                match self.string()? {
                    Text::AsItStands(text) => visitor.visit_borrowed_str(text),
                    Text::InScratch => visitor.visit_str(&self.scratch),
                }
            }
            Some(b'{') => self.object(visitor),
            Some(b'[') => self.list(visitor),
            Some(b'-' | b'0'..=b'9') => match self.number()? {
                Number::Unsigned(value) => visitor.visit_u64(value),
                Number::Signed(value) => visitor.visit_i64(value),
                Number::Float(value) => visitor.visit_f64(value),
            },
            Some(b't') => {
                self.word("true")?;
                visitor.visit_bool(true)
            }
            Some(b'f') => {
                self.word("false")?;
                visitor.visit_bool(false)
            }
            Some(b'n') => {
                self.word("null")?;
                visitor.visit_unit()
            }
            Some(_) | None => Err(NoJson),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NoJson> {
        self.pass_over()?;
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier
    }
}

/// What is in a list or an object.
struct Within<'p, 't> {
    parser: &'p mut Parser<'t>,
    first: bool,
}

impl<'p, 't> Within<'p, 't> {
    fn of(parser: &'p mut Parser<'t>) -> Self {
        Self {
            parser,
            first: true,
        }
    }

    /// Whether there is more before the end, whose comma is passed.
    #[inline]
    fn more(&mut self, end: u8) -> Result<bool, NoJson> {
        let next = self.parser.next();
        if next == Some(end) {
            return Ok(false);
        }
        if !std::mem::take(&mut self.first) {
            if next != Some(b',') {
                return Err(NoJson);
            }
            self.parser.at += 1;
        }
        Ok(true)
    }
}

impl<'de> SeqAccess<'de> for Within<'_, 'de> {
    type Error = NoJson;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, NoJson> {
        if !self.more(b']')? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.parser).map(Some)
    }
}

impl<'de> MapAccess<'de> for Within<'_, 'de> {
    type Error = NoJson;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, NoJson> {
        if !self.more(b'}')? {
            return Ok(None);
        }
        let parser = &mut *self.parser;
        parser.pass(b'"')?;
        let name = match parser.string()? {
            Text::AsItStands(name) => seed.deserialize(BorrowedStrDeserializer::new(name)),
            Text::InScratch => seed.deserialize(de::value::StrDeserializer::new(&parser.scratch)),
        };
        name.map(Some)
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, NoJson> {
        self.parser.pass(b':')?;
        seed.deserialize(&mut *self.parser)
    }
}
