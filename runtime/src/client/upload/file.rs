//! File: how a file is sent without being read into memory first.

use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use tokio::fs::File;
use tokio::io::{AsyncRead, ReadBuf};

use crate::Binary;
use crate::client::transport::BoxFuture;

/// How much is read at once, in bytes.
const PIECE: u64 = 64 * 1024;

impl Binary {
    /// Bytes that are streamed from a file, each time anew and as many as it has now, with the file's name
    /// as their own. It has to be awaited in a Tokio runtime, as the call has that sends it.
    ///
    /// # Errors
    ///
    /// The file cannot be opened, or is none.
    pub async fn from_file(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref().to_owned();
        let metadata = File::open(&path).await?.metadata().await?;
        if metadata.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        // Of what is no regular file, such as a device, the length says nothing.
        let length = metadata.is_file().then_some(metadata.len());
        let name = path.file_name();
        let name = name.map(|name| name.to_string_lossy().into_owned());
        let streamed = Self::from_source(move || Pieces::of(&path, length), length);
        Ok(match name {
            Some(name) => streamed.with_file_name(name),
            None => streamed,
        })
    }

    /// [`from_file`](Self::from_file), for which the thread waits.
    ///
    /// # Errors
    ///
    /// Those of [`from_file`](Self::from_file), and one in asynchronous code.
    #[cfg(feature = "blocking")]
    pub fn from_file_blocking(path: impl AsRef<Path>) -> io::Result<Self> {
        crate::client::blocking::wait(Self::from_file(path)).map_err(io::Error::other)?
    }
}

/// The pieces of a file.
struct Pieces {
    state: State,
    buffer: BytesMut,
    /// How many bytes of it are to come: what is written to it meanwhile is left out.
    left: u64,
}

enum State {
    Opening(BoxFuture<'static, io::Result<File>>),
    Reading(File),
    Over,
}

impl Pieces {
    fn of(path: &Path, length: Option<u64>) -> Self {
        let path = PathBuf::from(path);
        Self {
            state: State::Opening(Box::pin(File::open(path))),
            buffer: BytesMut::new(),
            left: length.unwrap_or(u64::MAX),
        }
    }

    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<io::Result<Bytes>> {
        loop {
            match &mut self.state {
                State::Opening(opening) => {
                    let file = ready!(opening.as_mut().poll(context))?;
                    self.state = State::Reading(file);
                }
                State::Reading(file) => {
                    let wanted = usize::try_from(self.left.min(PIECE)).unwrap_or(usize::MAX);
                    self.buffer.resize(wanted, 0);
                    let mut read = ReadBuf::new(&mut self.buffer);
                    ready!(Pin::new(file).poll_read(context, &mut read))?;
                    let count = read.filled().len();
                    self.left -= count as u64;
                    return Poll::Ready(Ok(self.buffer.split_to(count).freeze()));
                }
                State::Over => return Poll::Ready(Ok(Bytes::new())),
            }
        }
    }
}

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Bytes>>> {
        let piece = ready!(self.poll_piece(context));
        Poll::Ready(match piece {
            Ok(bytes) if bytes.is_empty() => {
                self.state = State::Over;
                None
            }
            Ok(bytes) => Some(Ok(bytes)),
            Err(error) => {
                self.state = State::Over;
                Some(Err(error))
            }
        })
    }
}
