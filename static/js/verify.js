// Checks a released profile in the browser: signature, digests, and which figure was changed. Sends nothing.
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

  const checkFile = async (entry, files, manifest) => {
    const bytes = files.get(entry.name);
    if (!bytes) return { name: entry.name, good: null, words: "Not chosen, so not checked." };
    if ((await sha256(bytes)) === entry.sha256) return { name: entry.name, good: true, words: "Unchanged." };
    const changed = entry.name === "profile.json" ? await changedParts(bytes, manifest.parts) : [];
    const what = changed.length ? ` Changed: ${changed.join(", ")}.` : "";
    return { name: entry.name, good: false, words: `Changed: it is not the file that was released.${what}` };
  };

  const check = async (chosen) => {
    const files = new Map();
    for (const file of chosen) files.set(file.name, new Uint8Array(await file.arrayBuffer()));
    if (!window.crypto?.subtle) throw new Error("This browser cannot check signatures here. Open the page by https, in a current browser.");
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
    for (const entry of envelope.manifest.files) rows.push(await checkFile(entry, files, envelope.manifest));
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

  const show = ({ rows, manifest }) => {
    const bad = rows.filter((each) => each.good === false);
    const open = rows.filter((each) => each.good === null);
    const about = `Release ${manifest.number} of ${manifest.network} for ${manifest.recipient}, ${manifest.created_at}.`;
    let box;
    if (bad.length) box = verdict("bad", "Refused: this is not what was released", `${bad.map((each) => each.name).join(", ")}: see below.`);
    else if (open.length === rows.length - 1) box = verdict("bad", "Nothing to compare yet", "Choose the files of the release together with manifest.json.");
    else box = verdict("good", "Unchanged since it was released", `${about}${open.length ? ` ${open.length} of its files were not chosen.` : ""}`);
    const list = element("ul", "", "checked");
    for (const each of rows) {
      const item = document.createElement("li");
      const kind = each.good === null ? "muted" : each.good ? "good" : "bad";
      item.append(element("span", each.name, "name"), element("span", each.words, kind));
      list.append(item);
    }
    outcome.replaceChildren(box, list);
  };

  const run = async (chosen) => {
    if (!chosen.length) return;
    try {
      show(await check([...chosen]));
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
