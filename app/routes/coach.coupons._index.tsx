import { parseWithZod } from "@conform-to/zod/v4";
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { EmptyState } from "~/components/empty-state";
import { PageHeader, Section } from "~/components/page";
import { RowList } from "~/components/row-list";
import { CouponForm } from "~/features/coupons/coupon-form";
import { CouponRow } from "~/features/coupons/coupon-row";
import { COUPON_FORM_FIELD_BY_CODE, CouponSchema } from "~/features/coupons/coupon-schema";
import { listCoupons, makeCoupon } from "~/features/coupons/coupons.server";
import { answerForm } from "~/features/practice/answer-form.server";
import { DeskFormPage } from "~/features/practice/desk-form-page";
import { requirePractice } from "~/features/practice/require-practice.server";
import { pageTitle } from "~/lib/page-title";
import { coachCouponsPath, coachOffersPath } from "~/lib/paths";

export const meta: MetaFunction = () => [{ title: pageTitle("Your coupons") }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, coachId, timeZone } = await requirePractice(args);
  // After a form was sent: what was typed is all there is to show.
  return { coupons: coachId ? await listCoupons(viewer.db) : [], timeZone };
}

export async function action(args: ActionFunctionArgs) {
  const submission = parseWithZod(await args.request.formData(), { schema: CouponSchema });
  return answerForm(args, submission, {
    save: makeCoupon,
    fieldByCode: COUPON_FORM_FIELD_BY_CODE,
    done: {
      path: coachCouponsPath(),
      flash: { kind: "success", title: "Your coupon is made.", description: "It counts from now." },
    },
  });
}

export { revalidateAfterRefusal as shouldRevalidate } from "~/lib/revalidate-after-refusal";

export default function CouponsRoute() {
  const { coupons, timeZone } = useLoaderData<typeof loader>();
  return (
    <DeskFormPage>
      <PageHeader
        above={
          <a href={coachOffersPath()} className="text-link">
            Your offers
          </a>
        }
        title="Your coupons"
        lead="Codes that take something off what you sell. You earn that much less; our fee is counted from what the client pays."
      />
      {coupons.length === 0 ? (
        <EmptyState title="No coupons yet">
          Make one for an open house, a brokerage or somebody who comes back.
        </EmptyState>
      ) : (
        <RowList>
          {coupons.map((coupon) => (
            <CouponRow key={coupon.coupon_id} coupon={coupon} timeZone={timeZone} />
          ))}
        </RowList>
      )}
      <Section title="A new coupon">
        <CouponForm lastResult={useActionData<typeof action>()} />
      </Section>
    </DeskFormPage>
  );
}
