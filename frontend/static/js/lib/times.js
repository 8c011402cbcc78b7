// Clock and calendar in the reader's zone, written as the server writes them.
export class Times {
  constructor(zone, language) {
    const within = (parts) => {
      try {
        return new Intl.DateTimeFormat(language === "en" ? "en-001" : language, { ...parts, timeZone: zone });
      } catch {
        return new Intl.DateTimeFormat(language, parts); // a zone that this browser does not know
      }
    };
    this.minute = within({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    this.day = within({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
    this.iso = within({ year: "numeric", month: "2-digit", day: "2-digit" });
  }

  clock(instant) {
    return this.minute.format(new Date(instant));
  }

  // 2026-11-20
  date(instant) {
    const part = Object.fromEntries(this.iso.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
    return `${part.year}-${part.month}-${part.day}`;
  }

  name(instant, { today, yesterday }) {
    const date = this.date(instant);
    if (date === this.date(Date.now())) return today;
    if (date === this.date(Date.now() - 86400000)) return yesterday;
    return this.day.format(new Date(instant));
  }
}
