// Checks a released profile or audit packets in the browser: signature, digests, what was changed. Sends nothing.
(() => {
  "use strict";
  const keys = JSON.parse(document.getElementById("keys").textContent);
  const drop = document.getElementById("drop");
  const input = document.getElementById("files");
  const outcome = document.getElementById("outcome");
  const encoder = new TextEncoder();

  const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const sha256 = async (bytes) => hex(await crypto.subtle.digest("SHA-256", bytes));

  // The one byte form of a JSON value, as the manifest's digests were made (RFC 8785, for plain keys and numbers).
  const canonical = (value) => {
    if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
    if (value && typeof value === "object") {
      const pairs = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
      return `{${pairs.join(",")}}`;
    }
    return JSON.stringify(value);
  };

  const isSigned = async (envelope) => {
    const listed = keys.find((each) => each.key_id === envelope.key_id);
    if (!listed) return { good: false, words: "It names a key that is not in the list below." };
    const key = await crypto.subtle.importKey("raw", fromBase64(listed.public_key), { name: "Ed25519" }, false, ["verify"]);
    const content = encoder.encode(canonical(envelope.manifest));
    const good = await crypto.subtle.verify({ name: "Ed25519" }, key, fromBase64(envelope.signature), content);
    return { good, words: good ? `Signed with the key ${listed.key_id}.` : "The signature does not belong to it: the manifest was changed." };
  };

  const partsOf = (document) => {
    const parts = {};
    for (const [name, value] of Object.entries(document)) {
      if (name === "figures" || name === "tables") {
        for (const each of value) parts[`${name.slice(0, -1)} ${each.id}`] = each;
      } else {
        parts[`section ${name}`] = value;
      }
    }
    return parts;
  };

  // Names the figures, tables and sections of profile.json whose digest is not the manifest's.
  const changedParts = async (bytes, named) => {
    let parts;
    try {
      parts = partsOf(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
    } catch {
      return [];
    }
    const found = [];
    for (const [name, wanted] of Object.entries(named)) {
      if (!(name in parts) || (await sha256(encoder.encode(canonical(parts[name])))) !== wanted) found.push(name);
    }
    return found.concat(Object.keys(parts).filter((name) => !(name in named)));
  };

  const checkFile = async (entry, files, manifest, signed) => {
    const bytes = files.get(entry.name);
    if (!bytes) return { name: entry.name, good: null, words: "Not chosen, so not checked." };
    if ((await sha256(bytes)) === entry.sha256) {
      // A changed manifest proves nothing about the files that it names.
      if (!signed.good) return { name: entry.name, good: null, words: "As this manifest says; but the manifest is not the signed one, so nothing is proved." };
      return { name: entry.name, good: true, words: "Unchanged." };
    }
    const changed = entry.name === "profile.json" ? await changedParts(bytes, manifest.parts) : [];
    const what = changed.length ? ` Changed: ${changed.join(", ")}.` : "";
    return { name: entry.name, good: false, words: `Changed: it is not the file that was released.${what}` };
  };

  // ---- Audit packets: one entry a line, each linked to the one before it, the last link signed ----
  const FORMAT = "daybook audit packet 1";
  const ALGORITHM = "SHA-256 chain, Ed25519";
  const HEAD = encoder.encode('{"packet":');
  const OPEN = encoder.encode(',"entries":[\n');
  const CLOSE = encoder.encode('\n],"seal":');
  const startsWith = (bytes, start, at = 0) => start.every((byte, place) => bytes[at + place] === byte);
  const indexOf = (bytes, wanted, from, step) => {
    for (let at = from; at >= 0 && at <= bytes.length - wanted.length; at += step) if (startsWith(bytes, wanted, at)) return at;
    return -1;
  };
  const join = (...parts) => {
    const bytes = parts.map((each) => (typeof each === "string" ? encoder.encode(each) : each));
    const whole = new Uint8Array(bytes.reduce((sum, each) => sum + each.length, 0));
    let at = 0;
    for (const each of bytes) { whole.set(each, at); at += each.length; }
    return whole;
  };
  const parse = (bytes) => {
    try { return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)); } catch { return null; }
  };
  const linesOf = (bytes) => {
    const lines = [];
    let start = 0;
    for (let at = 0; at <= bytes.length; at++) {
      if (at === bytes.length || bytes[at] === 10) { lines.push(bytes.subarray(start, at)); start = at + 1; }
    }
    return lines;
  };
  const isText = (value) => typeof value === "string";

  const isSeal = (seal, bytes) => {
    if (!seal || Object.keys(seal).sort().join() !== "algorithm,chain,key_id,root,signature") return false;
    const isChain = Array.isArray(seal.chain) && seal.chain.length && seal.chain.every((each) => Array.isArray(each) && each.length === 2 && each.every(isText));
    const areTexts = [seal.algorithm, seal.key_id, seal.root, seal.signature].every(isText);
    if (!isChain || !areTexts || seal.algorithm !== ALGORITHM) return false;
    if (!/^[0-9a-f]{64}$/.test(seal.root) || !/^[0-9a-f]{128}$/.test(seal.signature)) return false;
    const again = encoder.encode(canonical(seal));
    return again.length === bytes.length && startsWith(bytes, again);
  };

  // The sentence about the first entry that does not fit its link; empty when all do.
  const brokenEntry = async (head, lines, chain) => {
    let link = await sha256(join(`${FORMAT}\n`, head, "\n"));
    for (let place = 1; place <= chain.length; place++) {
      const [name, stated] = chain[place - 1];
      if (place > lines.length) return `Entry ${place} is missing: ${name}.`;
      const line = lines[place - 1];
      const isLast = place === lines.length;
      const endsWell = (line[line.length - 1] === 44) !== isLast;
      link = await sha256(join(`${link}\n${name}\n`, isLast ? line : line.subarray(0, -1), "\n"));
      if (link !== stated || !endsWell) return `Entry ${place} was changed: ${name}${place > 1 ? "" : " (or the head of the packet before it)"}.`;
    }
    return lines.length === chain.length ? "" : `Entry ${chain.length + 1} was added: the seal does not name it.`;
  };

  const fromHex = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
  const signatureProblem = async (seal, head) => {
    const listed = keys.find((each) => each.key_id === seal.key_id);
    if (!listed) return `It names the key ${seal.key_id}, which is not in the list below.`;
    const key = await crypto.subtle.importKey("raw", fromBase64(listed.public_key), { name: "Ed25519" }, false, ["verify"]);
    const good = await crypto.subtle.verify({ name: "Ed25519" }, key, fromHex(seal.signature), encoder.encode(`${FORMAT}\n${seal.root}\n`));
    if (!good) return "The signature does not belong to this packet: the seal was changed.";
    const day = String(head?.certified_at ?? "").slice(0, 10);
    const isInUse = !(listed.valid_from && day < listed.valid_from) && !(listed.valid_until && day > listed.valid_until);
    return isInUse ? "" : `The key ${listed.key_id} was not in use on ${day}, the date of the certification.`;
  };

  const checkPacket = async (bytes) => {
    const opened = indexOf(bytes, OPEN, 0, 1);
    if (!startsWith(bytes, HEAD) || opened < 0) return { problem: "The head of the packet was changed: it does not begin as a packet does." };
    const closed = indexOf(bytes, CLOSE, bytes.length - CLOSE.length, -1);
    const ending = closed < opened || bytes[bytes.length - 2] !== 125 || bytes[bytes.length - 1] !== 10;
    if (ending) return { problem: "The end of the packet was changed: its seal is missing or damaged." };
    const sealBytes = bytes.subarray(closed + CLOSE.length, -2);
    const seal = parse(sealBytes);
    if (!isSeal(seal, sealBytes)) return { problem: "The seal at the end of the packet was changed or damaged." };
    const headBytes = bytes.subarray(HEAD.length, opened);
    const head = parse(headBytes);
    const lines = linesOf(bytes.subarray(opened + OPEN.length, closed));
    let problem = await brokenEntry(headBytes, lines, seal.chain);
    if (!problem && seal.chain.at(-1)[1] !== seal.root) problem = "The seal was changed: its root is not the last link of the chain.";
    if (!problem) problem = await signatureProblem(seal, head);
    if (!problem && (head?.format !== FORMAT || head?.entries !== lines.length)) problem = "The head does not describe this packet.";
    return { problem, head };
  };

  // A packet is known by how it begins, or by what its seal says where the beginning was changed.
  const mayBePacket = (bytes) => startsWith(bytes, HEAD) || indexOf(bytes, encoder.encode(ALGORITHM), 0, 1) >= 0 || indexOf(bytes, encoder.encode(FORMAT), 0, 1) >= 0;

  const showPackets = async (files) => {
    const rows = [];
    for (const [name, bytes] of files) {
      let found;
      try {
        found = await checkPacket(bytes);
      } catch {
        found = { problem: "The signature cannot be checked: this browser does not know Ed25519 (Chrome 137, Firefox 129, Safari 17 do)." };
      }
      const about = found.head ? `Unchanged: charge ${found.head.charge} of ${found.head.practice_name}, certified ${String(found.head.certified_at).slice(0, 10)}, ${found.head.entries} entries.` : "";
      rows.push({ name, good: !found.problem, words: found.problem || about });
    }
    const bad = rows.filter((each) => !each.good);
    const box = bad.length
      ? verdict("bad", "Refused: this is not what was certified", `${bad.map((each) => each.name).join(", ")}: see below.`)
      : verdict("good", "Unchanged since it was certified", rows.length === 1 ? "One packet was checked." : `${rows.length} packets were checked.`);
    outcome.replaceChildren(box, listOf(rows));
  };

  const read = async (chosen) => {
    const files = new Map();
    for (const file of chosen) files.set(file.name, new Uint8Array(await file.arrayBuffer()));
    return files;
  };

  const check = async (files) => {
    if (!window.crypto?.subtle) throw new Error("This browser cannot check signatures here. Open the page by https, in a current browser.");
    if ([...files.keys()].some((name) => name.toLowerCase().endsWith(".zip"))) throw new Error("Unpack the zip file first, then choose the files inside it all together.");
    if (!files.has("manifest.json")) throw new Error("Choose manifest.json together with the files: it names what was released.");
    let envelope;
    try {
      envelope = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(files.get("manifest.json")));
      if (!Array.isArray(envelope.manifest.files) || typeof envelope.signature !== "string") throw new Error();
    } catch {
      throw new Error("manifest.json is not a manifest of Daybook, or it was damaged.");
    }
    let signed;
    try {
      signed = await isSigned(envelope);
    } catch {
      signed = { good: false, words: "The signature cannot be read, or this browser does not know Ed25519 (Chrome 137, Firefox 129, Safari 17 do)." };
    }
    const rows = [{ name: "manifest.json", ...signed }];
    for (const entry of envelope.manifest.files) rows.push(await checkFile(entry, files, envelope.manifest, signed));
    const known = new Set(["manifest.json", ...envelope.manifest.files.map((each) => each.name)]);
    for (const name of files.keys()) {
      if (!known.has(name)) rows.push({ name, good: false, words: "The manifest does not name this file: it is not part of the release." });
    }
    return { rows, manifest: envelope.manifest };
  };

  const element = (tag, words, kind = "") => {
    const made = document.createElement(tag);
    made.textContent = words;
    if (kind) made.className = kind;
    return made;
  };

  const verdict = (kind, title, words) => {
    const box = element("div", "", `verdict ${kind}`);
    box.append(element("h2", title), element("p", words));
    return box;
  };

  const listOf = (rows) => {
    const list = element("ul", "", "checked");
    for (const each of rows) {
      const item = document.createElement("li");
      const kind = each.good === null ? "muted" : each.good ? "good" : "bad";
      item.append(element("span", each.name, "name"), element("span", each.words, kind));
      list.append(item);
    }
    return list;
  };

  const dayOf = (moment) => {
    const day = new Date(moment);
    if (Number.isNaN(day.getTime())) return String(moment);
    return new Intl.DateTimeFormat("en-US", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(day);
  };

  const show = ({ rows, manifest }) => {
    const bad = rows.filter((each) => each.good === false);
    const open = rows.filter((each) => each.good === null);
    const about = `Release ${manifest.number} of ${manifest.network} for ${manifest.recipient}, ${dayOf(manifest.created_at)}.`;
    let box;
    if (bad.length) box = verdict("bad", "Refused: this is not what was released", `${bad.map((each) => each.name).join(", ")}: see below.`);
    else if (open.length === rows.length - 1) box = verdict("bad", "Nothing to compare yet", "Choose the files of the release together with manifest.json.");
    else box = verdict("good", "Unchanged since it was released", `${about}${open.length ? ` ${open.length} of its files were not chosen.` : ""}`);
    outcome.replaceChildren(box, listOf(rows));
  };

  const run = async (chosen) => {
    if (!chosen.length) return;
    try {
      const files = await read([...chosen]);
      const arePackets = !files.has("manifest.json") && [...files.values()].every(mayBePacket);
      if (arePackets && window.crypto?.subtle) await showPackets(files);
      else show(await check(files));
    } catch (error) {
      outcome.replaceChildren(verdict("bad", "Not checked", error.message));
    }
  };

  input.addEventListener("change", () => run(input.files));
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("is-over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("is-over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("is-over");
    run(event.dataTransfer.files);
  });
})();
