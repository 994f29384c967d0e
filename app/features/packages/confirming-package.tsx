import { ConfirmingPayment } from "~/features/bookings/confirming";
import { orderPaidPath, packagesPath } from "~/lib/paths";

/** Between paying for a package and the moment at which Stripe has told us. */
export function ConfirmingPackage({ orderId, look }: { orderId: string; look: number }) {
  return (
    <ConfirmingPayment
      look={look}
      againPath={orderPaidPath(orderId, look + 1)}
      promise="nobody pays twice for one package"
    >
      <a href={packagesPath()} className="text-link">
        your packages
      </a>
    </ConfirmingPayment>
  );
}
