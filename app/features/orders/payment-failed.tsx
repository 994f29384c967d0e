import { Alert, AlertDescription, AlertTitle } from "~/components/ui/alert";

/** Says that a payment was tried and declined, and why. */
export function PaymentFailed({ why }: { why: string }) {
  return (
    <Alert variant="destructive" role="status">
      <AlertTitle>The payment didn’t go through</AlertTitle>
      <AlertDescription>{why} You were not charged.</AlertDescription>
    </Alert>
  );
}
