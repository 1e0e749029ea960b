// The event stream of the server: `tell` gets each message, `{seen, logs}` or `{lost}`.
const PAUSE = 5000; // ms until a refused stream is tried again

export function stream(address, tell) {
  let source = null;
  let timer = 0;
  const open = () => {
    source = new EventSource(address);
    source.addEventListener("apps", ({ data }) => tell(JSON.parse(data)));
    source.addEventListener("error", () => {
      tell({ lost: true });
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, PAUSE);
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
