// The site's colours (app/styles/palette.ts), in the notation that every mail program reads.
const LIGHT = {
  page: "#f5f7f6",
  sheet: "#ffffff",
  ink: "#0e213a",
  muted: "#49596e",
  accent: "#1b4883",
  onAccent: "#ffffff",
  line: "#d0d8dd",
  lamp: "#f4b134",
};
const DARK = {
  page: "#0d1d33",
  sheet: "#152842",
  ink: "#e6ecef",
  muted: "#aabbcb",
  accent: "#f5b53d",
  onAccent: "#0a1729",
  line: "#314763",
};

/** Styles of the letter, on each element: many mail programs read no others. */
export const STYLES = {
  page: {
    backgroundColor: LIGHT.page,
    fontFamily: "Helvetica, Arial, sans-serif",
    margin: 0,
    padding: "32px 12px",
  },
  sheet: {
    backgroundColor: LIGHT.sheet,
    borderRadius: 12,
    borderTop: `4px solid ${LIGHT.lamp}`,
    maxWidth: 560,
    padding: "32px 24px 24px",
  },
  name: {
    color: LIGHT.ink,
    fontFamily: "Georgia, serif",
    fontSize: 17,
    fontWeight: 600,
    letterSpacing: -0.2,
    margin: 0,
  },
  title: {
    color: LIGHT.ink,
    fontFamily: "Georgia, serif",
    fontSize: 24,
    fontWeight: 600,
    lineHeight: "32px",
    margin: "16px 0",
  },
  paragraph: {
    color: LIGHT.ink,
    fontSize: 16,
    lineHeight: "26px",
    margin: "12px 0",
    // An address that somebody wrote must not make a phone scroll sideways.
    overflowWrap: "anywhere",
  },
  link: { color: LIGHT.accent, textDecorationLine: "underline" },
  button: {
    backgroundColor: LIGHT.accent,
    borderRadius: 8,
    color: LIGHT.onAccent,
    fontSize: 16,
    fontWeight: 600,
    margin: "16px 0 8px",
    padding: "12px 20px",
  },
  line: { borderColor: LIGHT.line, margin: "24px 0 16px" },
  small: {
    color: LIGHT.muted,
    fontSize: 13,
    lineHeight: "20px",
    margin: 0,
    overflowWrap: "anywhere",
  },
  choices: { color: LIGHT.muted, fontSize: 13, lineHeight: "20px", margin: "8px 0 0" },
} as const;

/** For readers who have it dark. `!important`, because styles on the element would win. */
export const DARK_STYLES = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  body, .page, .page td { background-color: ${DARK.page} !important; }
  .sheet, .sheet td { background-color: ${DARK.sheet} !important; }
  .ink { color: ${DARK.ink} !important; }
  .muted { color: ${DARK.muted} !important; }
  .accent { color: ${DARK.accent} !important; }
  .button { background-color: ${DARK.accent} !important; color: ${DARK.onAccent} !important; }
  .line { border-color: ${DARK.line} !important; }
}
`;
