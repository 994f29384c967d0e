/** A message for the next page a person sees, after something was done. */
export type Flash = {
  kind: "success" | "info" | "error";
  title: string;
  description?: string;
};
