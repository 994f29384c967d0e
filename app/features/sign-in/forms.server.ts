import { z } from "zod";

// Shape only. Which passwords and codes are good is Clerk's to say.
// On the server alone: these pages are small, and zod would weigh more than all of their own code.

const Email = z
  .string({ error: "Enter your e-mail address." })
  .trim()
  .max(254, "That is too long for an e-mail address.")
  .pipe(z.email("Enter a complete e-mail address, such as ana@example.com."));

const Password = z
  .string({ error: "Enter a password." })
  .max(128, "Enter a password of at most 128 characters.");

// People copy codes with the spaces their mail program shows.
const Code = z
  .string({ error: "Enter the code." })
  .transform((code) => code.replace(/\s/g, ""))
  .pipe(z.string().regex(/^\d{6}$/, "Enter the six digits of the code."));

export const SignInSchema = z.object({ email: Email, password: Password });

/** `nickname` is not shown: only a program fills it in. */
export const SignUpSchema = SignInSchema.extend({
  nickname: z.undefined({ error: "Please leave this empty." }).optional(),
});

export const CodeSchema = z.object({ code: Code });

export const ForgotPasswordSchema = z.object({ email: Email });

export const ResetPasswordSchema = z.object({ code: Code, password: Password });
