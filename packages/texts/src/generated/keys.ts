// Compiled from packages/texts/messages: change the messages, then run `npm run compile -w @dinh/texts`.

/** What each message needs to be filled in; `null` for nothing. */
export interface MessageArguments {
  "app.name": null;
  "app.tagline": null;
  "error.403.text": null;
  "error.403.title": null;
  "error.404.text": null;
  "error.404.title": null;
  "error.500.text": null;
  "error.500.title": null;
  "error.home": null;
  "error.other.title": null;
  "error.reference": { "reference": string | number };
  "nav.account": null;
  "nav.back": null;
  "nav.label": null;
  "nav.language": null;
  "nav.more": null;
  "nav.overview": null;
  "nav.people": null;
  "nav.programmes": null;
  "nav.sign-out": null;
  "nav.skip": null;
  "nav.today": null;
  "nav.trail": null;
  "nav.units": null;
  "refusal.heading": null;
  "refusal.unknown": { "code": string | number };
  "ui.chart-data": null;
  "ui.close": null;
  "ui.declared": null;
  "ui.difference": { "difference": string | number };
  "ui.high": null;
  "ui.low": null;
  "ui.next": null;
  "ui.none": null;
  "ui.not-reported": null;
  "ui.optional": null;
  "ui.pages": null;
  "ui.previous": null;
  "ui.range": { "from": number; "to": number; "total": number };
  "ui.results": { "count": number };
  "ui.saved": null;
  "ui.saved-at": { "time": string | number };
  "ui.search": null;
  "ui.search-clear": null;
  "ui.show": null;
  "ui.step-done": null;
  "ui.step-late": null;
  "ui.step-next": null;
  "ui.step-now": null;
  "ui.undo": null;
  "ui.verified": null;
  "ui.working": null;
}

export type MessageKey = keyof MessageArguments;
