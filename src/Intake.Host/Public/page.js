// Chooses the visitor's own time zone, unless he has chosen one already.
(() => {
  const zone = document.getElementById("zone");
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone || !own || zone.hasAttribute("data-settled")) return;
  if (![...zone.options].some((option) => option.value === own)) {
    zone.add(new Option(own.replaceAll("_", " "), own));
  }
  zone.value = own;
})();
