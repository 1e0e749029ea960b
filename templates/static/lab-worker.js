// One event stream for all pages of a browser, which keeps six connections to a host.
import { stream } from "./lab-stream.js";

const pages = new Set();
let close = null;
let last = null;

addEventListener("connect", ({ ports: [page] }) => {
  page.onmessage = ({ data }) => {
    if (data === "bye") {
      pages.delete(page);
      if (pages.size || !close) return;
      close();
      close = last = null;
      return;
    }
    pages.add(page);
    if (last) page.postMessage(last);
    close ??= stream(data, (message) => {
      last = message;
      for (const each of pages) each.postMessage(message);
    });
  };
});
