/** Where people reach us, in one place. */
export const SUPPORT_EMAIL = "support@walkthrough.example";
