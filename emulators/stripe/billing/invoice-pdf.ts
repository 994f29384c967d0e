import type Stripe from "stripe";

import { money } from "../pages/money.ts";

/** A plain one-page PDF that says who invoices what: enough for a link to lead somewhere. */
export function invoicePdf(businessName: string, invoice: Stripe.Invoice): string {
  const lines = [
    `${businessName}: invoice ${invoice.number ?? ""}`,
    ...invoice.lines.data.map(
      ({ description, amount, currency }) => `${description}: ${money(amount, currency)}`,
    ),
    `Total: ${money(invoice.total, invoice.currency)}`,
  ];
  const text = lines
    .map((line) => `(${line.replace(/[^ -~]/g, "-").replace(/[\\()]/g, "\\$&")}) Tj T*`)
    .join("\n");
  const content = `BT /F1 12 Tf 18 TL 72 720 Td\n${text}\nET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];

  let file = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = file.length;
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  return `${file}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
}
