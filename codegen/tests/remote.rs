//! Documents that a contract refers to by their addresses: fetched with the user's leave, kept beside
//! the contract, and held against the hash that they had.
#![cfg(feature = "remote")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use typewright::Generator;

/// A server of two schemas, one of which refers to the other, that counts what it is asked for.
struct Server {
    port: u16,
    asked: Arc<AtomicUsize>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                count.fetch_add(1, Ordering::SeqCst);
                let mut request = [0; 2048];
                let length = stream.read(&mut request).unwrap();
                let request = String::from_utf8_lossy(&request[..length]).into_owned();
                let body = match request.split(' ').nth(1) {
                    Some("/schemas/pet.yaml?v=1") => {
                        "Pet: { type: object, properties: { toy: { $ref: '../toys.yaml#/Toy' } } }"
                    }
                    Some("/toys.yaml") => {
                        "Toy: { type: object, properties: { colour: { type: string } } }"
                    }
                    _ => "",
                };
                let status = if body.is_empty() {
                    "404 Not Found"
                } else {
                    "200 OK"
                };
                let head = format!(
                    "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                    body.len()
                );
                stream.write_all(head.as_bytes()).unwrap();
                stream.write_all(body.as_bytes()).unwrap();
            }
        });
        Self { port, asked }
    }
}

fn contract(port: u16, path: &str) -> String {
    format!(
        "openapi: 3.0.3
info: {{ title: Pets, version: '1' }}
paths: {{}}
components: {{ schemas: {{ Owner: {{ type: object, properties: {{ pet: {{ $ref: 'http://127.0.0.1:{port}{path}#/Pet' }} }} }} }} }}
"
    )
}

/// The generated text, or what is wrong where warnings are errors.
fn generate(spec: &Path, allowed: bool) -> Result<String, String> {
    let generator = Generator::new(spec).strict(true).allow_remote(allowed);
    let generated = generator
        .generate()
        .map_err(|failure| failure.to_string())?;
    Ok(generated.file())
}

#[test]
fn what_is_fetched_once_is_read_without_a_network_from_then_on() {
    let server = Server::start();
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("pets.yaml");
    fs::write(&spec, contract(server.port, "/schemas/pet.yaml?v=1")).unwrap();

    let refused = generate(&spec, false).unwrap_err();
    assert!(refused.contains("remote-reference"), "{refused}");
    assert!(refused.contains("--allow-remote"), "{refused}");
    assert_eq!(server.asked.load(Ordering::SeqCst), 0);

    let fetched = generate(&spec, true).unwrap();
    // What the document refers to is found from its own address.
    assert!(fetched.contains("pub colour: "), "{fetched}");
    assert_eq!(server.asked.load(Ordering::SeqCst), 2);

    assert_eq!(generate(&spec, false).unwrap(), fetched);
    assert_eq!(generate(&spec, true).unwrap(), fetched);
    assert_eq!(server.asked.load(Ordering::SeqCst), 2);

    let lock = fs::read_to_string(folder.path().join("typewright.lock")).unwrap();
    assert_eq!(lock.matches("sha256 = ").count(), 2, "{lock}");
    assert!(lock.contains("/toys.yaml"), "{lock}");
}

#[test]
fn a_copy_that_is_not_what_was_pinned_is_not_read() {
    let server = Server::start();
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("pets.yaml");
    fs::write(&spec, contract(server.port, "/schemas/pet.yaml?v=1")).unwrap();
    generate(&spec, true).unwrap();
    for copy in fs::read_dir(folder.path().join("typewright.remote")).unwrap() {
        fs::write(copy.unwrap().path(), "Pet: { type: string }").unwrap();
    }
    for allowed in [false, true] {
        let refused = generate(&spec, allowed).unwrap_err();
        assert!(refused.contains("is not what was pinned"), "{refused}");
        assert!(refused.contains("typewright.lock"), "{refused}");
    }
    fs::write(folder.path().join("typewright.lock"), "remote = 1").unwrap();
    let refused = generate(&spec, true).unwrap_err();
    assert!(
        refused.contains("`typewright.lock` cannot be used"),
        "{refused}"
    );
}

#[test]
fn what_a_server_does_not_give_out_is_said_with_its_reason() {
    let server = Server::start();
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("pets.yaml");
    fs::write(&spec, contract(server.port, "/nothing.yaml")).unwrap();
    let refused = generate(&spec, true).unwrap_err();
    assert!(refused.contains("404"), "{refused}");
    assert!(!folder.path().join("typewright.lock").exists());
}
