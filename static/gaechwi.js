"use strict";

// Says the new status of a job aloud: the words change once for each status, not with every look.
function announceStatus(part) {
  const place = document.getElementById("progress-words");
  if (place && part.dataset && part.dataset.statusWords) place.textContent = part.dataset.statusWords;
}

const words = document.documentElement.lang === "en"
  ? {
    failed: "That did not work. Check your connection and try again.",
    gone: "This is no longer there. Reload the page.",
    tooOften: "That was too often. Try again in a minute.",
    tooLarge: "That is too much to send at once. Shorten it and try again.",
    signedOut: "You are signed out. Sign in in another window, then save here again.",
    unsaved: "Not saved yet.",
    saving: "Saving …",
    retrying: "Could not be saved. Trying again shortly.",
    count: (count, limit) => `${count} / ${limit} characters`,
  }
  : {
    failed: "처리하지 못했습니다. 연결을 확인하고 다시 시도해 주세요.",
    gone: "이미 없어진 내용입니다. 화면을 새로 고쳐 주세요.",
    tooOften: "요청이 너무 잦습니다. 1분쯤 뒤에 다시 시도해 주세요.",
    tooLarge: "한 번에 보내기에 너무 깁니다. 줄여서 다시 시도해 주세요.",
    signedOut: "로그아웃되었습니다. 새 창에서 로그인한 뒤 여기서 다시 저장해 주세요.",
    unsaved: "아직 저장하지 않은 내용이 있습니다.",
    saving: "저장하는 중…",
    retrying: "저장하지 못했습니다. 잠시 뒤에 다시 저장합니다.",
    count: (count, limit) => `${count} / ${limit}자`,
  };

// Shows what went wrong until it is closed.
function complain(text) {
  const toast = document.getElementById("toast").content.cloneNode(true);
  toast.querySelector("p").textContent = text;
  const messages = document.querySelector(".messages");
  messages.replaceChildren(toast);
  readyToasts(messages);
}

// Good news goes by itself, unless one is about to use it; everything else is closed by hand.
function readyToasts(root) {
  for (const button of root.querySelectorAll("[data-dismiss]")) {
    const toast = button.parentElement;
    button.hidden = false;
    button.addEventListener("click", () => {
      toast.remove();
      document.getElementById("main").focus();
    });
    if (!toast.matches(".messages > .success")) continue;
    const going = setInterval(() => {
      if (toast.matches(":hover, :focus-within")) return;
      clearInterval(going);
      toast.remove();
    }, 8000);
  }
}
readyToasts(document);

// Opens a dialog; its promise gives what was chosen. The browser keeps the focus in it and leads it
// back afterwards.
function ask(dialog) {
  dialog.returnValue = "cancel";
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => answer(dialog.returnValue), { once: true });
  });
}

document.addEventListener("click", ({ target }) => {
  const opener = target.closest("[data-opens]");
  if (opener) ask(document.getElementById(opener.dataset.opens));
});

// What cannot be undone is asked about first, in a dialog of the page's own.
document.addEventListener("htmx:confirm", async (event) => {
  if (!event.detail.question) return;
  event.preventDefault();
  const dialog = document.getElementById("confirm");
  dialog.querySelector("h2").textContent = event.detail.question;
  if ((await ask(dialog)) === "confirm") event.detail.issueRequest(true);
});

// What had the focus when a request was sent, and what opened the form that is open.
let pressed = "";
let opener = "";

document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, requestConfig } = event.detail;
  pressed = document.activeElement ? document.activeElement.id : "";
  if (requestConfig.verb === "get" && elt.id) opener = elt.id;
  if (requestConfig.verb !== "get") document.querySelector(".messages").replaceChildren();
});

// Puts the focus where the work goes on: into a form that opened, or back to what it was opened by.
// What is wrong in a form has it already, by its autofocus.
function placeFocus(part) {
  if (part.dataset && "focused" in part.dataset) return part.focus();
  if (!part.classList || !part.matches(".section, .photo-row")) return;
  if (part.contains(document.activeElement)) return;
  const target = part.querySelector(".entry-form :is(input:not([type=hidden]), textarea, select)")
    || [pressed, opener, `${part.id}-add`, `${part.id}-upload`]
      .map((id) => id && document.getElementById(id))
      .find((element) => element && part.contains(element));
  if (!target) return;
  // What moved to the end of its list cannot move on: the way back is beside it.
  const usable = target.disabled ? target.parentElement.querySelector("button:not(:disabled)") : target;
  if (usable) usable.focus();
}

// Has a field described by one more element, or by one less.
function describe(field, id, isDescribed = true) {
  const others = (field.getAttribute("aria-describedby") || "").split(" ").filter((one) => one && one !== id);
  field.setAttribute("aria-describedby", [...others, ...(isDescribed ? [id] : [])].join(" "));
}

// Shows how long a text is beside how long it may be, counted as the server counts.
function countWords(root) {
  for (const text of root.querySelectorAll("textarea[data-limit]")) {
    const counter = document.createElement("p");
    counter.className = "counter";
    counter.id = `${text.id}_count`;
    const limit = Number(text.dataset.limit);
    const count = () => {
      const length = [...text.value.normalize("NFC").trim()].length;
      counter.textContent = words.count(length.toLocaleString(), limit.toLocaleString());
      counter.classList.toggle("over", length > limit);
    };
    text.after(counter);
    describe(text, counter.id);
    text.addEventListener("input", count);
    count();
  }
}

document.addEventListener("htmx:afterSettle", (event) => {
  announceStatus(event.detail.elt);
  placeFocus(event.detail.elt);
});
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) countWords(event.detail.elt);
});
countWords(document);
// Some browsers know the attribute on fields alone.
document.querySelector("main [autofocus]")?.focus();

// Signing in again in another window changes the token; the cookie always holds the one in force.
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
  if (!token) return;
  event.detail.headers["x-csrftoken"] = token;
  if (event.detail.parameters.csrfmiddlewaretoken) event.detail.parameters.csrfmiddlewaretoken = token;
});

// Where the session has ended, the answer is the sign-in page: it belongs in no part of this one.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  const asked = new URL(requestConfig.path, location.href).pathname;
  if (!xhr.responseURL || new URL(xhr.responseURL).pathname === asked) return;
  event.detail.shouldSwap = false;
  if (savesItself(requestConfig.elt)) sayState(words.unsaved);
  if (requestConfig.verb === "get") location.reload();
  else complain(words.signedOut);
});

// A request that could not be made must not look like one that did nothing.
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, (event) => {
    if (event.detail.requestConfig.verb === "get" && "statusWords" in event.detail.elt.dataset) return;
    const { elt, xhr } = event.detail;
    const reason = { 400: words.tooLarge, 403: words.signedOut, 404: words.gone, 429: words.tooOften }[xhr.status];
    if (savesItself(elt)) {
      if (!reason || xhr.status === 429) return saveLater(elt);
      sayState(words.unsaved);
    }
    complain(reason || words.failed);
  });
}

// Words that were typed and not saved are not left behind unasked.
const unsaved = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form && form.method === "post" && form.closest("main")) unsaved.add(form);
});
window.addEventListener("beforeunload", (event) => {
  if ([...unsaved].some((form) => form.isConnected)) event.preventDefault();
});

// A form that saves itself says how that goes, and tries again where it does not go.
function savesItself(element) {
  return element.matches("form[data-autosave]");
}

function sayState(text) {
  document.getElementById("save-state").textContent = text;
}

function saveLater(form) {
  sayState(words.retrying);
  setTimeout(() => form.isConnected && htmx.trigger(form, "autosave"), 5000);
}

const typed = new WeakMap();
const sent = new WeakMap();
document.addEventListener("input", ({ target }) => {
  if (!target.form || !savesItself(target.form)) return;
  typed.set(target.form, (typed.get(target.form) || 0) + 1);
  sayState(words.unsaved);
});
document.addEventListener("htmx:beforeRequest", ({ target }) => {
  if (!savesItself(target)) return;
  sent.set(target, typed.get(target));
  sayState(words.saving);
});
// Half a date is sent as something wrong: the browser would send it as none.
document.addEventListener("htmx:configRequest", ({ target, detail }) => {
  if (!savesItself(target)) return;
  for (const field of target.elements) if (field.validity.badInput) detail.parameters[field.name] = "?";
});
document.addEventListener("saved", ({ target, detail }) => {
  target.elements.version.value = detail.version;
  for (const field of target.querySelectorAll(".field :is(input, select, textarea)")) {
    sayFault(field, detail.errors[field.name]);
  }
  const isAll = !Object.keys(detail.errors).length && sent.get(target) === typed.get(target);
  if (isAll) unsaved.delete(target);
});

// Says at a field why it could not be saved, as the page of a refused form says it.
function sayFault(field, fault) {
  const id = `${field.id}_error`;
  document.getElementById(id)?.remove();
  field.closest(".field").classList.toggle("invalid", Boolean(fault));
  describe(field, id, fault);
  if (!fault) return field.removeAttribute("aria-invalid");
  field.setAttribute("aria-invalid", "true");
  const list = document.createElement("ul");
  list.className = "errorlist";
  list.id = id;
  list.append(Object.assign(document.createElement("li"), { textContent: fault }));
  field.after(list);
  if (field === document.activeElement) list.scrollIntoView({ block: "nearest" });
}

document.addEventListener("click", ({ target }) => {
  if (!target.matches("[data-compares]")) return;
  // The answer to a form that is sent as a whole shows both texts.
  unsaved.delete(target.form);
  target.form.submit();
});

// A second click means the same thing as the first.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.hasAttribute("hx-post") && !savesItself(form)) return;
  // It is asked for by hand: then the browser looks for faults, which its own savings left to us.
  if (savesItself(form) && !form.reportValidity()) return event.preventDefault();
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  unsaved.delete(form);
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// A menu closes by the Escape key, and where the work goes on outside of it.
for (const leaving of ["click", "focusin"]) {
  document.addEventListener(leaving, ({ target }) => {
    const menu = document.querySelector(".menu[open]");
    if (menu && !menu.contains(target)) menu.open = false;
  });
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector(".menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
