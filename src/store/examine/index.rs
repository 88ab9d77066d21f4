//! The log beside a store, compared with the index that the programs share which have it open. The formats are those
//! of SQLite's file format: a log of frames, each with the checksum of everything before it, and an index of which the
//! first bytes stand there twice.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use crate::store::sidecar;

const LOG_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
/// Of each of the two copies at the beginning of the index.
const INDEX_HEADER: usize = 48;
/// Above this the size of a page is meant that does not fit into two bytes.
const LARGEST_PAGE: usize = 65_536;

/// What the index says of the log.
struct Index {
    /// Frames of the log that are committed.
    frames: u32,
    /// Frames that the file has taken in.
    taken_in: u32,
    /// Pages of the file with the log.
    pages: u32,
    page_size: usize,
    checksum: (u32, u32),
    salts: (u32, u32),
}

fn native(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|part| part.try_into().ok()).map_or(0, u32::from_ne_bytes)
}

fn big(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|part| part.try_into().ok()).map_or(0, u32::from_be_bytes)
}

impl Index {
    /// `None` if it is being written, or is none.
    fn read(store: &Path) -> Option<Self> {
        let mut bytes = [0; 2 * INDEX_HEADER + 4];
        File::open(sidecar::file(store, "-shm")).ok()?.read_exact(&mut bytes).ok()?;
        let (one, other) = (&bytes[..INDEX_HEADER], &bytes[INDEX_HEADER..2 * INDEX_HEADER]);
        // Byte 12 says that it was made; a program that finds it unset makes it anew.
        if one != other || one[12] == 0 {
            return None;
        }
        // Two bytes cannot say 65,536; SQLite writes 1 for it.
        let size = usize::from(u16::from_ne_bytes([one[14], one[15]]));
        Some(Self {
            frames: native(one, 16),
            pages: native(one, 20),
            checksum: (native(one, 24), native(one, 28)),
            // As they stand in the log, whatever the order of bytes of this machine.
            salts: (big(one, 32), big(one, 36)),
            page_size: if size <= 1 { LARGEST_PAGE } else { size },
            taken_in: native(&bytes, 2 * INDEX_HEADER),
        })
    }
}

/// What tells the log of a store from every other; `None` without one.
pub fn salts(store: &Path) -> Option<(u32, u32)> {
    let mut header = [0; LOG_HEADER];
    File::open(sidecar::file(store, "-wal")).ok()?.read_exact(&mut header).ok()?;
    Some((big(&header, 16), big(&header, 20)))
}

/// True if the log, and the size of the file where it has taken all of it in, are as the index says.
pub fn fits(store: &Path) -> bool {
    let Some(index) = Index::read(store) else { return false };
    if index.frames > 0 && last_checksum(store, &index) != Some(index.checksum) {
        return false;
    }
    let size = std::fs::metadata(store).map_or(0, |file| file.len());
    let is_all_taken_in = index.taken_in >= index.frames && index.pages > 0;
    // Until everything is taken in the file may be shorter, or longer, than the store that the log makes of it.
    !is_all_taken_in || size == u64::from(index.pages) * index.page_size as u64
}

/// The checksum of everything up to the last frame that counts, if each is as it should be.
fn last_checksum(store: &Path, index: &Index) -> Option<(u32, u32)> {
    let mut log = BufReader::new(File::open(sidecar::file(store, "-wal")).ok()?);
    let mut header = [0; LOG_HEADER];
    log.read_exact(&mut header).ok()?;
    if (big(&header, 16), big(&header, 20)) != index.salts {
        return None;
    }
    // The last bit of the magic number says in which order of bytes the checksums were made, which may be that
    // of another machine.
    let word = if big(&header, 0) & 1 == 1 { big } else { little };
    let mut sum = added((0, 0), &header[..24], word);
    if sum != (big(&header, 24), big(&header, 28)) {
        return None;
    }
    let mut frame = vec![0; FRAME_HEADER + index.page_size];
    for _ in 0..index.frames {
        log.read_exact(&mut frame).ok()?;
        // The salts between the two are compared and not summed.
        sum = added(added(sum, &frame[..8], word), &frame[FRAME_HEADER..], word);
        let is_good = sum == (big(&frame, 16), big(&frame, 20));
        if !is_good || (big(&frame, 8), big(&frame, 12)) != index.salts {
            return None;
        }
    }
    Some(sum)
}

fn little(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|part| part.try_into().ok()).map_or(0, u32::from_le_bytes)
}

fn added(sum: (u32, u32), bytes: &[u8], word: fn(&[u8], usize) -> u32) -> (u32, u32) {
    (0..bytes.len() / 8).fold(sum, |(one, two), pair| {
        let one = one.wrapping_add(word(bytes, 8 * pair)).wrapping_add(two);
        let two = two.wrapping_add(word(bytes, 8 * pair + 4)).wrapping_add(one);
        (one, two)
    })
}
