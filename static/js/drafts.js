// Capture without network: keeps every change of a marked form on the device until the server has
// it. The contract (marks in the page, what is sent, what is answered) is docs/decisions/0085.
//
// Nothing about a patient passes here: pages with patients are not marked.
(() => {
  "use strict";

  const PREFIX = "mtvp-draft";
  const PAGES = `${PREFIX}-pages`;
  const SPARE = "spare";
  const WORKER = "/zonder-netwerk.js";
  const PATIENCE = 15_000;
  const FIRST_WAIT = 1_000;
  const LONGEST_WAIT = 30_000;
  const LONGEST_OPENING = 2_000;
  // No more at once than the server keeps within our patience.
  const MOST_CHANGES = 100;

  const user = document.body?.dataset.user ?? "";

  // ---- The device ---------------------------------------------------------------------------

  const memory = new Map();
  let deviceKeeps = true;

  function read(key) {
    if (memory.has(key)) return memory.get(key);
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  // A device that keeps nothing (full, or closed by its owner) keeps it as long as the page is open.
  function write(key, text) {
    try {
      localStorage.setItem(key, text);
      memory.delete(key);
    } catch {
      memory.set(key, text);
      deviceKeeps = false;
    }
  }

  function drop(key) {
    memory.delete(key);
    try {
      localStorage.removeItem(key);
    } catch {
      deviceKeeps = false;
    }
    return inSpare((store) => store.delete(key));
  }

  function keys() {
    const found = new Set(memory.keys());
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith(`${PREFIX}|`)) found.add(key);
    } catch {
      deviceKeeps = false;
    }
    return [...found];
  }

  const changeKey = (url, id) => `${PREFIX}|change|${user}|${url}|${id}`;
  const halfKey = (url, kind) => `${PREFIX}|half|${user}|${url}|${kind}`;
  const heldKey = (url) => `${PREFIX}|held|${user}|${url}`;
  const stored = (key) => JSON.parse(read(key) ?? "null");

  // A browser brings localStorage to the disk up to a minute late, a database at once: what is typed
  // is kept in both, and a battery that gives out takes nothing along. `turn` tells the later one.
  function keep(key, value) {
    const text = JSON.stringify({ ...value, turn: (stored(key)?.turn ?? 0) + 1 });
    write(key, text);
    inSpare((store) => store.put(text, key));
  }

  let opening = null;

  function spare() {
    opening ??= new Promise((resolve) => {
      setTimeout(resolve, LONGEST_OPENING, null);
      const asked = indexedDB.open(PREFIX, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(SPARE);
      asked.onsuccess = () => {
        asked.result.onversionchange = () => asked.result.close();
        resolve(asked.result);
      };
      asked.onerror = () => resolve(null);
    }).catch(() => null);
    return opening;
  }

  async function inSpare(step) {
    try {
      const work = (await spare())?.transaction(SPARE, "readwrite", { durability: "strict" });
      if (!work) return;
      step(work.objectStore(SPARE));
      await new Promise((done) => {
        work.oncomplete = work.onabort = done;
      });
    } catch {
      // Without a database the device has it once.
    }
  }

  // Whether anything came back that localStorage had lost.
  async function takeBack() {
    const found = new Map();
    await inSpare((store) => {
      store.openCursor().onsuccess = ({ target: { result: at } }) => {
        if (!at) return;
        found.set(at.key, at.value);
        at.continue();
      };
    });
    const later = [...found].filter(([key, text]) => JSON.parse(text).turn > (stored(key)?.turn ?? 0));
    for (const [key, text] of later) write(key, text);
    return later.length > 0;
  }

  // One item per change, so that two tabs never write over each other's.
  function changesOf(url) {
    const start = changeKey(url, "");
    return keys()
      .filter((key) => key.startsWith(start))
      .map(stored)
      .sort((one, other) => one.order - other.order || one.sequence - other.sequence);
  }

  function urlsThatWait() {
    const start = `${PREFIX}|change|${user}|`;
    const waiting = keys().filter((key) => key.startsWith(start));
    return new Set(waiting.map((key) => key.slice(start.length).split("|")[0]));
  }

  // ---- The server ---------------------------------------------------------------------------

  class SignedOut extends Error {}

  async function ask(url, options = {}) {
    const response = await fetch(url, {
      ...options,
      redirect: "manual",
      credentials: "same-origin",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.type === "opaqueredirect" || response.status === 401) throw new SignedOut();
    if (!response.ok) throw new Error(`${response.status}`);
    const answer = await response.json();
    if (answer.user !== user) throw new SignedOut();
    return answer;
  }

  let token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

  function post(url, changes) {
    const sent = changes.map(({ id, field, value, base, at }) => ({ id, field, value, base, at }));
    return ask(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ user, changes: sent }),
    });
  }

  // A page that lay on the device carries the token of an earlier sign-in: then it is asked anew.
  async function exchange(url, changes) {
    if (changes.length === 0) return ask(url);
    try {
      return await post(url, changes);
    } catch (error) {
      if (error.message !== "403") throw error;
    }
    token = (await ask(url)).token;
    return post(url, changes);
  }

  // What the server may have had, though its answer never came: its number means those words. The
  // mark stands with the change, for another tab sends it, too.
  function sending(url, changes) {
    for (const change of changes) {
      if (change.tried) continue;
      write(changeKey(url, change.id), JSON.stringify({ ...change, tried: true }));
    }
  }

  // ---- One form -----------------------------------------------------------------------------

  const clock = (moment) => {
    const parts = [moment.getHours(), moment.getMinutes()];
    return parts.map((part) => String(part).padStart(2, "0")).join(".");
  };

  const filled = (text, values) =>
    text.replaceAll(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

  function startDraft(form) {
    const url = form.dataset.draft;
    const line = form.querySelector("[data-draft-line]");
    const words = line.dataset;
    const client = newId();
    const disputed = new Set();
    const refused = new Map();
    let sequence = 0;
    let held = newest(initial(form), stored(heldKey(url)));
    let underWay = null;
    let wait = FIRST_WAIT;
    let timer = 0;
    let trouble = "";

    const waiting = () =>
      changesOf(url).filter((change) => !disputed.has(change.field) && !refused.has(change.id));

    // What the field holds: what this device has of it, or the server.
    function standing(field) {
      const last = changesOf(url).filter((change) => change.field === field).at(-1);
      return last?.value ?? held.fields[field]?.value;
    }

    function note(field, value) {
      for (const [id, one] of refused) {
        if (one.change.field !== field) continue;
        drop(changeKey(url, id));
        refused.delete(id);
      }
      const own = changesOf(url);
      const last = own.filter((change) => change.field === field).at(-1);
      const base = last ? last.id : (held.fields[field]?.version ?? "");
      sequence += 1;
      // After all that waits, also when the clock of the device was put back.
      const order = Math.max(Date.now(), (own.at(-1)?.order ?? 0) + 1);
      const change = {
        id: `${client}-${sequence}`, sequence, order, field, value, base,
        at: new Date().toISOString(), tried: false,
      };
      keep(changeKey(url, change.id), change);
      if (disputed.delete(field)) showDisputes();
      wait = FIRST_WAIT;
      count(form);
      tell();
    }

    function noteAndSend(field, value) {
      note(field, value);
      send();
    }

    // Typing makes many changes of one thought: the one before is replaced as long as it waits. So
    // without network each letter is not tried by itself: the device would be full of them.
    function noteTyped(field, value) {
      const pending = waiting().filter((change) => change.field === field).at(-1);
      const replaces = pending && pending.id.startsWith(client) && !pending.tried;
      if (!replaces && !trouble) return noteAndSend(field, value);
      if (replaces) keep(changeKey(url, pending.id), { ...pending, value });
      else note(field, value);
      again(FIRST_WAIT);
      tell();
    }

    async function send() {
      clearTimeout(timer);
      if (underWay) {
        await underWay;
        if (waiting().length === 0) return;
      }
      underWay ??= sendOnce();
      await underWay;
    }

    async function sendOnce() {
      const batch = waiting().slice(0, MOST_CHANGES);
      sending(url, batch);
      try {
        accept(await exchange(url, batch), batch);
        trouble = "";
        wait = FIRST_WAIT;
      } catch (error) {
        trouble = error instanceof SignedOut ? "signed-out" : "no-network";
      }
      underWay = null;
      tell();
      if (trouble) wait = Math.min(wait * 2, LONGEST_WAIT);
      if (waiting().length > 0) again(wait);
    }

    async function sendAll() {
      let before = 0;
      do {
        before = waiting().length;
        await send();
      } while (!trouble && waiting().length > 0 && waiting().length < before);
    }

    function again(milliseconds) {
      clearTimeout(timer);
      timer = setTimeout(send, milliseconds);
    }

    function accept(answer, batch) {
      held = { at: answer.at, fields: answer.held };
      write(heldKey(url), JSON.stringify(held));
      for (const change of batch) {
        const outcome = answer.outcomes?.[change.id];
        if (outcome === "kept") drop(changeKey(url, change.id));
        else if (outcome === "conflict") disputed.add(change.field);
        else if (outcome) refused.set(change.id, { change, outcome });
      }
      show();
    }

    // What the server holds, and on top of it what this device still has.
    function show() {
      const own = changesOf(url);
      const fields = new Set([...Object.keys(held.fields), ...own.map((change) => change.field)]);
      for (const field of fields) {
        const last = own.filter((change) => change.field === field).at(-1);
        put(form, field, last ? last.value : held.fields[field].value);
        who(form, field, last ? null : held.fields[field]);
      }
      showDisputes();
      count(form);
    }

    function showDisputes() {
      const place = form.querySelector("[data-draft-disputes]");
      const model = place?.querySelector("template");
      if (!model) return;
      for (const old of place.querySelectorAll("[data-dispute]")) old.remove();
      const own = new Set(changesOf(url).map((change) => change.field));
      for (const field of disputed) {
        if (own.has(field)) place.append(disputeAbout(model, field, standing(field)));
        else disputed.delete(field);
      }
    }

    function disputeAbout(model, field, mine) {
      const theirs = held.fields[field] ?? { value: "", by: "", at: "" };
      const shown = model.content.cloneNode(true).firstElementChild;
      const text = shown.querySelector("[data-text]");
      text.textContent = filled(text.dataset.text, {
        what: labelOf(form, field),
        theirs: wordOf(form, field, theirs.value),
        mine: wordOf(form, field, mine),
        by: theirs.by,
        at: theirs.at ? clock(new Date(theirs.at)) : "",
      });
      shown.dataset.dispute = field;
      shown.querySelector("[data-mine]").addEventListener("click", () => {
        forget(field);
        noteAndSend(field, mine);
        show();
      });
      shown.querySelector("[data-theirs]").addEventListener("click", () => {
        forget(field);
        show();
        tell();
      });
      const both = shown.querySelector("[data-both]");
      both.hidden = !theirs.value || !mine || controlsOf(form, field)[0]?.tagName !== "TEXTAREA";
      both.addEventListener("click", () => {
        forget(field);
        noteAndSend(field, `${theirs.value}\n${mine}`);
        show();
      });
      return shown;
    }

    function forget(field) {
      for (const change of changesOf(url)) {
        if (change.field === field) drop(changeKey(url, change.id));
      }
      disputed.delete(field);
    }

    function tell() {
      const here = changesOf(url).length;
      const about = { count: here, time: clock(new Date(held.at)) };
      let text = filled(words.saved, about);
      if (refused.size > 0) text = [...refused.values()].map((one) => one.outcome).join(" ");
      else if (disputed.size > 0) text = filled(words.disputed, { count: disputed.size });
      else if (here > 0) {
        const device = filled(here === 1 ? words.deviceOne : words.deviceMany, about);
        const then = trouble === "signed-out" ? words.signIn : trouble ? words.retry : "";
        text = trouble
          ? [words.notSaved, deviceKeeps ? device : words.noDevice, then].join(" ")
          : words.saving;
      } else if (trouble) text = [text, trouble === "signed-out" ? "" : words.noNetwork].join(" ");
      line.querySelector("[data-text-short]").textContent = shortly(here, about) ?? text.trim();
      line.toggleAttribute("data-wraps", refused.size > 0);
      line.className = here > 0 && (trouble || disputed.size || refused.size)
        ? "saved-not" : "saved";
      const link = line.querySelector("a");
      line.querySelector("[data-text]").textContent = text.trim();
      if (link) link.hidden = !(trouble === "signed-out" && here > 0);
    }

    // The same for a narrow screen; undefined where the long words fit.
    function shortly(here, about) {
      if (refused.size > 0) return undefined;
      if (disputed.size > 0) return filled(words.shortDisputed, { count: disputed.size });
      if (!trouble) return undefined;
      if (here > 0 && !deviceKeeps) return words.shortNoDevice;
      if (here > 0) return filled(trouble === "signed-out" ? words.shortSignIn : words.short, about);
      return trouble === "signed-out" ? undefined : filled(words.shortNoNetwork, about);
    }

    form.addEventListener("change", (event) => {
      const control = event.target;
      if (!belongs(control) || isText(control)) return;
      noteAndSend(control.name, valueOf(control));
    });
    form.addEventListener("input", (event) => {
      const control = event.target;
      const group = control.closest("[data-draft-add]");
      if (group) keepHalf(group);
      else if (belongs(control) && isText(control)) noteTyped(control.name, control.value);
    });
    form.addEventListener("click", (event) => {
      const button = event.target.closest("[data-draft-add-now]");
      if (!button) return;
      event.preventDefault();
      putDown(button.closest("[data-draft-add]"));
    });
    form.addEventListener("click", (event) => {
      const button = event.target.closest("[data-draft-remove]");
      const field = button?.closest("[data-added]")?.dataset.added;
      if (!field) return;
      event.preventDefault();
      const value = standing(field);
      const group = form.querySelector(`[data-draft-editing="${CSS.escape(field)}"]`);
      if (group) leaveAsItWas(group);
      noteAndSend(field, "");
      show();
      offerBack(form, field, value);
    });
    form.addEventListener("click", (event) => {
      const gone = event.target.closest("[data-draft-back]")?.closest("[data-gone]");
      if (!gone) return;
      event.preventDefault();
      noteAndSend(gone.dataset.gone, gone.dataset.value);
      show();
    });
    form.addEventListener("click", (event) => {
      const field = event.target.closest("[data-draft-edit]")?.closest("[data-added]")?.dataset.added;
      if (!field) return;
      event.preventDefault();
      const group = form.querySelector(`[data-draft-add="${CSS.escape(kindOf(field))}"]`);
      if (hasWords(group) && !putDown(group)) return;
      edit(group, field, standing(field));
      keepHalf(group);
    });
    form.addEventListener("click", (event) => {
      const button = event.target.closest("[data-draft-edit-stop]");
      if (button) leaveAsItWas(button.closest("[data-draft-add]"));
    });
    form.addEventListener("keydown", (event) => {
      const group = event.target.closest("[data-draft-add]");
      if (event.key !== "Enter" || !group || event.target.tagName !== "INPUT") return;
      event.preventDefault();
      group.querySelector("[data-draft-add-now]")?.click();
    });
    form.addEventListener("submit", async (event) => {
      if (!form.dataset.draftDone) return;
      event.preventDefault();
      const begun = [...form.querySelectorAll("[data-draft-add]")].filter(hasWords);
      const complete = begun.every(putDown);
      await sendAll();
      if (!complete || "draftStay" in (event.submitter?.dataset ?? {})) return;
      if (changesOf(url).length === 0 && !trouble) location.assign(form.dataset.draftDone);
      else line.scrollIntoView({ block: "center" });
    });
    // A look at what is being typed asks for a sign-in, too; it does not take the page away.
    form.addEventListener("htmx:beforeOnLoad", (event) => {
      if (!event.detail.xhr.getResponseHeader("HX-Redirect")) return;
      event.preventDefault();
      send();
    });
    addEventListener("online", () => {
      wait = FIRST_WAIT;
      send();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") send();
    });

    // What is being put together is no change yet. Once it is put down its place stays, empty: a
    // device that lost its last minute else brought the same words a second time.
    function keepHalf(group) {
      const key = halfKey(url, group.dataset.draftAdd);
      if (!("draftHalf" in group.dataset) || (!hasWords(group) && !stored(key))) return;
      const values = hasWords(group) ? valuesOf(group) : null;
      keep(key, { field: group.dataset.draftEditing ?? "", values });
    }

    function leaveAsItWas(group) {
      empty(group);
      keepHalf(group);
    }

    function putDown(group) {
      const added = addition(group);
      if (!added) return false;
      noteAndSend(added.field, added.value);
      keepHalf(group);
      show();
      return true;
    }

    function goOn() {
      for (const group of form.querySelectorAll("[data-draft-add]")) {
        const half = stored(halfKey(url, group.dataset.draftAdd));
        if (half?.values && !hasWords(group)) fillGroup(group, half.values, half.field);
      }
      show();
      tell();
      send();
    }

    goOn();
    keepPage();
    return { url, goOn };
  }

  // ---- The fields of a form -------------------------------------------------------------------

  const isText = (control) =>
    control.tagName === "TEXTAREA" || /^(text|search|number|date|time)$/.test(control.type);
  const belongs = (control) =>
    control.name && control.type !== "hidden" && !control.closest("[data-draft-add], [data-no-draft]");
  const valueOf = (control) =>
    control.type === "checkbox" ? (control.checked ? control.value : "") : control.value;

  function controlsOf(form, field) {
    const found = form.elements.namedItem(field);
    if (!found) return [];
    return found instanceof RadioNodeList ? [...found] : [found];
  }

  function put(form, field, value) {
    const controls = controlsOf(form, field);
    if (controls.length === 0) return putAdded(form, field, value);
    for (const control of controls) {
      if (control.type === "radio" || control.type === "checkbox") {
        control.checked = control.value === value;
      } else if (control !== document.activeElement) control.value = value;
    }
  }

  function who(form, field, held) {
    const place = form.querySelector(`[data-draft-who="${CSS.escape(field)}"]`);
    if (!place) return;
    place.textContent = held?.by ? `${held.by}, ${clock(new Date(held.at))}` : "";
  }

  function labelOf(form, field) {
    const [control] = controlsOf(form, field);
    const adds = form.querySelector(`[data-draft-add="${CSS.escape(kindOf(field))}"]`);
    const group = (control ?? adds?.firstElementChild)?.closest("fieldset")?.querySelector("legend");
    return (group ?? control?.labels?.[0])?.textContent.trim() ?? "";
  }

  function wordOf(form, field, value) {
    const added = form.querySelector(`[data-draft-added="${CSS.escape(kindOf(field))}"]`);
    if (added && value) return wordsOfAdded(form, field, value);
    const control = controlsOf(form, field).find((one) => one.value === value && one.dataset.word);
    return control?.dataset.word ?? value;
  }

  function count(form) {
    for (const place of form.querySelectorAll("[data-count-of]")) {
      const checked = form.querySelectorAll(
        `input[value="${CSS.escape(place.dataset.countOf)}"]:checked`,
      );
      place.textContent = String(checked.length);
    }
  }

  // ---- Something new: a group of inputs that together become one field --------------------------

  function addition(group) {
    const controls = [...group.querySelectorAll("input, select, textarea")];
    const asked = controls.find((control) => isAsked(group, control));
    for (const place of group.querySelectorAll("[data-asked]")) {
      place.hidden = place.closest("fieldset") !== asked?.closest("fieldset");
    }
    if (asked) {
      unfold(group);
      asked.focus();
      return null;
    }
    const values = valuesOf(group);
    const field = group.dataset.draftEditing ?? `${group.dataset.draftAdd}-${newId()}`;
    empty(group);
    return { field, value: JSON.stringify(values) };
  }

  function valuesOf(group) {
    const controls = [...group.querySelectorAll("input, select, textarea")];
    const answers = controls.filter((one) => one.type !== "radio" || one.checked);
    return Object.fromEntries(answers.map((one) => [one.name, one.value.trim()]));
  }

  const hasWords = (group) =>
    [...group.querySelectorAll("input[type=text], textarea")].some(
      (one) => one.value.trim() && one.value !== one.defaultValue,
    );

  function unfold(group) {
    const folded = group.closest("details");
    if (folded) folded.open = true;
  }

  function empty(group) {
    delete group.dataset.draftEditing;
    for (const stop of group.querySelectorAll("[data-draft-edit-stop]")) stop.hidden = true;
    for (const control of group.querySelectorAll("input, select, textarea")) {
      if (control.type === "radio") control.checked = control.defaultChecked;
      else if (control.tagName === "SELECT") control.selectedIndex = firstChoice(control);
      else control.value = control.defaultValue;
    }
    for (const place of group.querySelectorAll("[data-empty-after]")) place.replaceChildren();
  }

  // What was put down goes back into its group; putting it down again keeps its number.
  function edit(group, field, value) {
    if (!value) return;
    empty(group);
    fillGroup(group, JSON.parse(value), field);
    group.querySelector("input:not([type=hidden]), textarea")?.focus();
  }

  function fillGroup(group, values, field) {
    for (const [name, text] of Object.entries(values)) {
      for (const control of group.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (control.type === "radio") control.checked = control.value === text;
        else if (control.type !== "hidden") control.value = text;
      }
    }
    if (field) group.dataset.draftEditing = field;
    for (const stop of group.querySelectorAll("[data-draft-edit-stop]")) stop.hidden = !field;
    unfold(group);
  }

  const kindOf = (field) => field.split("-")[0];

  const firstChoice = (select) =>
    Math.max(0, [...select.options].findIndex((option) => option.defaultSelected));

  function isAsked(group, control) {
    if ("optional" in control.dataset) return false;
    if (control.type !== "radio") return !control.checkValidity() || !control.value.trim();
    return !group.querySelector(`input[name="${CSS.escape(control.name)}"]:checked`);
  }

  // A choice is shown by its word, a day as people write it.
  function wordOfAddition(form, kind, name, value) {
    const group = form.querySelector(`[data-draft-add="${CSS.escape(kind)}"]`);
    const controls = [...(group?.querySelectorAll(`[name="${CSS.escape(name)}"]`) ?? [])];
    if (controls[0]?.type === "date" && value) return dayInWords(value);
    const choices = controls.flatMap((one) => (one.tagName === "SELECT" ? [...one.options] : [one]));
    return choices.find((one) => one.value === value)?.dataset.word ?? value;
  }

  // All that its row shows, in one line.
  function wordsOfAdded(form, field, value) {
    const kind = kindOf(field);
    const list = form.querySelector(`[data-draft-added="${CSS.escape(kind)}"]`);
    const slots = [...list.querySelector("template").content.querySelectorAll("[data-slot]")];
    const names = new Set(slots.map((slot) => slot.dataset.slot));
    const said = Object.entries(JSON.parse(value)).filter(([name, text]) => names.has(name) && text);
    return said.map(([name, text]) => wordOfAddition(form, kind, name, text)).join(", ");
  }

  const dayInWords = (day) =>
    new Date(`${day}T12:00`).toLocaleDateString(document.documentElement.lang, {
      day: "numeric", month: "long", year: "numeric",
    });

  // Shown by the template of its group until the page comes from the server with it.
  function putAdded(form, field, value) {
    const kind = kindOf(field);
    const list = form.querySelector(`[data-draft-added="${CSS.escape(kind)}"]`);
    if (!list) return;
    const shown = list.querySelector(`[data-added="${CSS.escape(field)}"]`);
    if (value === "") return shown?.remove();
    list.querySelector(`[data-gone="${CSS.escape(field)}"]`)?.remove();
    if (shown && (shown.dataset.value ?? value) === value) return;
    const item =
      shown ?? list.querySelector("template").content.cloneNode(true).firstElementChild;
    item.dataset.added = field;
    item.dataset.value = value;
    fillIn(form, item, kind, value);
    if (!shown) list.append(item);
  }

  function fillIn(form, item, kind, value) {
    for (const [name, text] of Object.entries(JSON.parse(value))) {
      for (const slot of item.querySelectorAll(`[data-slot="${CSS.escape(name)}"]`)) {
        slot.textContent = wordOfAddition(form, kind, name, text);
      }
    }
  }

  // What was removed stays in sight, to be put back with one tap.
  function offerBack(form, field, value) {
    const list = form.querySelector(`[data-draft-added="${CSS.escape(kindOf(field))}"]`);
    const model = list?.querySelector("template[data-draft-gone]");
    if (!model || !value) return;
    const item = model.content.cloneNode(true).firstElementChild;
    item.dataset.gone = field;
    item.dataset.value = value;
    fillIn(form, item, kindOf(field), value);
    list.append(item);
    item.querySelector("[data-draft-back]").focus();
  }

  // ---- What the page says it holds ------------------------------------------------------------

  function initial(form) {
    const said = form.querySelector('script[type="application/json"]');
    return said ? JSON.parse(said.textContent) : { at: new Date().toISOString(), fields: {} };
  }

  // A page that lay on the device is older than what the server answered last.
  const newest = (page, kept) => (kept && kept.at > page.at ? kept : page);

  function newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // ---- The page itself, without network -----------------------------------------------------

  async function keepPage() {
    if (!("serviceWorker" in navigator) || !("caches" in globalThis)) return;
    try {
      await navigator.serviceWorker.register(WORKER, { scope: location.pathname });
      const kept = await caches.open(PAGES);
      const needed = performance.getEntriesByType("resource").map((entry) => entry.name);
      const ours = needed.filter((name) => new URL(name).pathname.startsWith("/static/"));
      for (const address of new Set([...ours, ...headLinks()])) {
        if (!(await kept.match(address))) await kept.add(address);
      }
      if (!(await kept.match(location.pathname))) await keepOwnPage(kept);
    } catch {
      // Without a worker the form still keeps its changes as long as the page is open.
    }
  }

  async function keepOwnPage(kept) {
    const page = await fetch(location.pathname, { redirect: "manual" });
    if (page.ok) await kept.put(location.pathname, page);
  }

  const headLinks = () =>
    [...document.querySelectorAll("link[href], script[src]")].map((one) => one.href ?? one.src);

  // ---- Signing out, and somebody else on this device ----------------------------------------

  async function wipe(everything) {
    const going = keys().filter((key) => {
      const own = key.split("|")[2] === user;
      return own ? everything : key.startsWith(`${PREFIX}|held|`);
    });
    await Promise.all(going.map(drop));
    if ("caches" in globalThis) await caches.delete(PAGES);
    const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
    await Promise.all(workers.map((worker) => worker.unregister()));
  }

  async function newcomer() {
    const key = `${PREFIX}|owner`;
    if (read(key) === user) return;
    if (read(key) !== null) await wipe(false);
    write(key, user);
  }

  async function signOut(form) {
    for (const url of urlsThatWait()) await sendInPassing(url);
    const left = [...urlsThatWait()].flatMap(changesOf).length;
    const question = document.body.dataset.signOut ?? "";
    if (left > 0 && !confirm(filled(question, { count: left }))) return;
    await wipe(true);
    drop(`${PREFIX}|owner`);
    form.submit();
  }

  // What waits of a page that is not open; what is disputed waits until it is.
  async function sendInPassing(url) {
    const tried = new Set();
    const next = () =>
      changesOf(url).filter((change) => !tried.has(change.id)).slice(0, MOST_CHANGES);
    try {
      for (let batch = next(); batch.length > 0; batch = next()) {
        for (const change of batch) tried.add(change.id);
        sending(url, batch);
        const { outcomes } = await exchange(url, batch);
        for (const change of batch) {
          if (outcomes[change.id] === "kept") drop(changeKey(url, change.id));
        }
      }
    } catch {
      // It stays on the device.
    }
  }

  // A form that is not kept on the device: without network the browser would throw its words away.
  // A device that says it has none may reach the server still (one that runs on it).
  async function keepsWhatCannotGo(event) {
    const form = event.target;
    const kept = form.matches("[data-draft], [data-sign-out]");
    if (navigator.onLine || kept || form.method !== "post" || reached.has(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    try {
      await fetch(location.href, { method: "HEAD", cache: "no-store" });
    } catch {
      alert(document.body.dataset.noNetwork ?? "");
      return;
    }
    reached.add(form);
    form.requestSubmit(event.submitter);
    reached.delete(form);
  }

  const reached = new WeakSet();

  async function begin() {
    if (!user) return;
    await newcomer();
    const drafts = [...document.querySelectorAll("form[data-draft]")].map(startDraft);
    takeBack().then((found) => {
      if (found) for (const draft of drafts) draft.goOn();
      const open = new Set(drafts.map((draft) => draft.url));
      for (const url of urlsThatWait()) if (!open.has(url)) sendInPassing(url);
    });
    document.addEventListener("submit", keepsWhatCannotGo, { capture: true });
    document.addEventListener("submit", (event) => {
      if (!event.target.matches("[data-sign-out]")) return;
      event.preventDefault();
      signOut(event.target);
    });
  }

  begin();
})();
