type MembershipListProps = {
  memberships: {
    title: string;
    description: string;
    gives: string;
    price: string;
    path: string;
  }[];
};

/** What a coach offers month after month, on the public page. */
export function MembershipList({ memberships }: MembershipListProps) {
  return (
    <ul className="divide-y rounded-lg border bg-card">
      {memberships.map((offer) => (
        <li key={offer.path} className="space-y-2 p-5 sm:p-6">
          <h3 className="text-display-sm">{offer.title}</h3>
          {offer.description ? (
            <p className="max-w-xl leading-relaxed text-muted-foreground">{offer.description}</p>
          ) : null}
          <p>
            {offer.gives}. <strong className="font-semibold">{offer.price}.</strong>
          </p>
          <p>
            <a href={offer.path} className="text-link">
              See the membership<span className="sr-only">: {offer.title}</span>
            </a>
          </p>
        </li>
      ))}
    </ul>
  );
}
