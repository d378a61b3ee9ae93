"use strict";

// Shows how long an answer takes and sends it along. A reload goes on counting; a pause counts not.
function startTimer(root) {
  const form = root.querySelector("form[data-timer]");
  if (!form) return;
  const key = `answer-${form.dataset.timer}`;
  const seconds = form.elements.seconds;
  const place = form.querySelector("[role=timer]");
  let count = Number(seconds.value || sessionStorage.getItem(key) || 0);
  const show = () => {
    seconds.value = count;
    sessionStorage.setItem(key, count);
    place.textContent = `${Math.floor(count / 60)}:${String(count % 60).padStart(2, "0")}`;
  };
  show();
  place.parentElement.hidden = false;
  const timer = setInterval(() => {
    if (!form.isConnected) return clearInterval(timer);
    count += 1;
    show();
  }, 1000);
}

// Puts the focus into the answer box when it is one's turn, unless one is busy elsewhere.
function takeTurn(root) {
  const button = root.querySelector(".answer .button");
  const busy = document.activeElement && ![document.body, document.getElementById("main")].includes(document.activeElement);
  if (button && !button.disabled && !busy) button.form.elements.text.focus();
}

// Puts the interviewer's words on the page while they are spoken. When all are said the server gives
// the finished part, and where they cannot be heard it is asked for that every second.
let line = null;
function listen(root) {
  const place = root.querySelector("[data-words]");
  if (!place) return;
  if (line) line.close();
  line = new EventSource(place.dataset.words);
  const source = line;
  const words = place.querySelector(".words");
  const ask = () => htmx.trigger(place.closest("[hx-get]"), "refresh");
  source.addEventListener("message", ({ data }) => {
    if (!place.isConnected) return source.close();
    const atEnd = place.getBoundingClientRect().bottom <= window.innerHeight + 40;
    words.textContent += JSON.parse(data);
    if (atEnd) place.scrollIntoView({ block: "nearest" });
  });
  source.addEventListener("done", () => {
    source.close();
    if (place.isConnected) ask();
  });
  source.addEventListener("error", () => {
    if (source.readyState !== EventSource.CLOSED) return;
    const asking = setInterval(() => (place.isConnected ? ask() : clearInterval(asking)), 1000);
  });
}

// Writes down what is spoken, in browsers that can. What was heard stays a text to be mended.
function offerSpeech(root) {
  const Recognition = window.SpeechRecognition || window.webkitSpeechRecognition;
  const button = root.querySelector("[data-speech]");
  if (!button || !Recognition) return;
  const { text } = button.form.elements;
  const status = button.form.querySelector("[data-speech-status]");
  const startWords = button.textContent;
  const hint = status.textContent;
  let recognition = null;
  const stopped = () => {
    recognition = null;
    button.textContent = startWords;
  };
  button.hidden = status.hidden = false;
  button.addEventListener("click", () => {
    if (recognition) return recognition.stop();
    recognition = new Recognition();
    recognition.lang = button.dataset.speech;
    recognition.continuous = true;
    recognition.addEventListener("result", ({ results, resultIndex }) => {
      if (!text.isConnected) return recognition && recognition.abort();
      const heard = [...results].slice(resultIndex).map(([best]) => best.transcript.trim()).join(" ");
      text.value = `${text.value.trimEnd()} ${heard}`.trimStart();
      text.dispatchEvent(new Event("input", { bubbles: true }));
    });
    recognition.addEventListener("error", ({ error }) => {
      if (error !== "no-speech" && error !== "aborted") status.textContent = button.dataset.failureWords;
    });
    recognition.addEventListener("end", stopped);
    status.textContent = hint;
    button.textContent = button.dataset.stopWords;
    recognition.start();
  });
  button.form.addEventListener("submit", () => recognition && recognition.stop());
}

for (const event of ["DOMContentLoaded", "htmx:load"]) {
  document.addEventListener(event, ({ detail }) => {
    const root = detail ? detail.elt : document;
    if (root === document.body) return;
    listen(root);
    startTimer(root);
    offerSpeech(root);
    takeTurn(root);
  });
}
