import { html, type Html } from "../../shared/page.ts";

type FieldOptions = {
  name: string;
  label: string;
  value: string;
  /** What is wrong with the value. */
  error?: string;
  type?: string;
  inputmode?: string;
  autocomplete?: string;
  isOptional?: boolean;
};

/** A labelled input of a hosted page, with its error beside it. */
export function field(options: FieldOptions): Html {
  const { name, label, value, error } = options;
  const described = error ? html`aria-invalid="true" aria-describedby="${name}-error"` : "";
  return html`<div>
    <label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      type="${options.type ?? "text"}"
      inputmode="${options.inputmode ?? "text"}"
      autocomplete="${options.autocomplete ?? "off"}"
      value="${value}"
      ${options.isOptional ? "" : "required"}
      ${described}
    />
    ${error ? html`<p class="error" id="${name}-error">${error}</p>` : ""}
  </div>`;
}
