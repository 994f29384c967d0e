/*
 * On the page of a coach who lets it lead to Calendly: a link with data-calendly opens Calendly's
 * booking page below itself, in the element after it. Nothing is loaded from Calendly before. When
 * its script can't be loaded the link leads there, as it does without this one.
 *
 * What a frame says is a hint: it changes words on this page, and nothing else. That something was
 * booked our server finds out from Calendly.
 */
(() => {
  const { widget, origin } = document.currentScript.dataset;
  let loading;

  function load() {
    loading ??= new Promise((resolve, reject) => {
      const script = Object.assign(document.createElement("script"), {
        src: widget,
        onload: resolve,
        onerror: reject,
      });
      document.head.append(script);
    });
    return loading;
  }

  async function open(link) {
    await load();
    const place = link.nextElementSibling;
    if (place.firstChild) return;
    const status = document.createElement("p");
    status.setAttribute("role", "status");
    status.className = "font-semibold";
    const frame = document.createElement("div");
    frame.className = "h-[44rem]";
    place.append(status, frame);
    window.Calendly.initInlineWidget({ url: link.href, parentElement: frame });
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-calendly]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link).catch(() => location.assign(link.href));
  });

  addEventListener("message", (message) => {
    if (message.origin !== origin) return;
    for (const link of document.querySelectorAll("a[data-calendly]")) {
      const place = link.nextElementSibling;
      if (place.querySelector("iframe")?.contentWindow !== message.source) continue;
      const { event, payload } = message.data;
      if (event === "calendly.event_scheduled")
        place.firstChild.textContent = link.dataset.calendly;
      if (event === "calendly.page_height") place.lastChild.style.height = payload.height;
    }
  });
})();
