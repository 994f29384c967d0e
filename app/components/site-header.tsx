import { Form, Link } from "@remix-run/react";
import MenuIcon from "lucide-react/icons/menu";

import { Avatar } from "~/components/avatar";
import { Logo, PRODUCT_NAME } from "~/components/logo";
import { Menu } from "~/components/menu";
import { accountLinks, mainLinks, NavigationLink, type SiteViewer } from "~/components/navigation";
import { NotificationBell } from "~/components/notification-bell";
import { ThemeToggle } from "~/components/theme-toggle";
import { Button } from "~/components/ui/button";
import { homePath, signInPath, signOutPath, signUpPath } from "~/lib/paths";

const PANEL = "absolute z-40 rounded-lg border bg-card p-2 text-card-foreground shadow-lg";
const PANEL_LINK =
  "flex min-h-11 w-full items-center rounded-md px-3 font-medium hover:bg-accent aria-[current=page]:bg-accent";

/** The top of every page: name, where one can go, and the account. */
export function SiteHeader({ viewer }: { viewer: SiteViewer | null }) {
  return (
    <header className="border-b bg-background">
      <div className="relative mx-auto flex h-16 max-w-page items-center gap-2 px-5 sm:h-[4.5rem] sm:px-8">
        <Link to={homePath()} className="mr-auto rounded-sm py-2 lg:mr-6">
          <Logo />
          <span className="sr-only">{PRODUCT_NAME} home</span>
        </Link>

        <nav aria-label="Main" className="mr-auto hidden items-center lg:flex">
          {mainLinks(viewer).map((link) => (
            <NavigationLink
              key={link.to}
              link={link}
              className="flex h-[4.5rem] items-center border-b-2 border-transparent px-3 text-[0.9375rem] font-medium text-muted-foreground hover:text-foreground aria-[current=page]:border-lamp aria-[current=page]:text-foreground"
            />
          ))}
        </nav>

        {viewer ? <NotificationBell viewer={viewer} /> : null}
        <ThemeToggle />
        {viewer ? <AccountMenu viewer={viewer} /> : <VisitorButtons />}
        <PhoneMenu viewer={viewer} />
      </div>
    </header>
  );
}

function VisitorButtons() {
  return (
    <div className="hidden items-center gap-2 sm:flex">
      <Button asChild variant="ghost" className="px-4">
        <Link to={signInPath()}>Sign in</Link>
      </Button>
      <Button asChild>
        <Link to={signUpPath()}>Create account</Link>
      </Button>
    </div>
  );
}

function AccountMenu({ viewer }: { viewer: SiteViewer }) {
  return (
    <Menu
      className="relative hidden lg:block"
      triggerClassName="px-1.5"
      panelClassName={`${PANEL} right-0 top-14 w-60`}
      trigger={
        <>
          <Avatar name={viewer.name} seed={viewer.seed} className="size-8" />
          <span className="sr-only">Account of {viewer.name}</span>
        </>
      }
    >
      <p className="truncate px-3 pb-2 pt-1 font-semibold">{viewer.name}</p>
      <nav aria-label="Account">
        {accountLinks(viewer).map((link) => (
          <NavigationLink key={link.to} link={link} className={PANEL_LINK} />
        ))}
      </nav>
      <SignOutForm />
    </Menu>
  );
}

function PhoneMenu({ viewer }: { viewer: SiteViewer | null }) {
  return (
    <Menu
      className="lg:hidden"
      triggerClassName="size-11 justify-center"
      panelClassName={`${PANEL} inset-x-3 top-[calc(100%-0.25rem)] sm:left-auto sm:w-80`}
      trigger={
        <>
          <MenuIcon aria-hidden className="size-6" />
          <span className="sr-only">Menu</span>
        </>
      }
    >
      <nav aria-label="Menu">
        {[...mainLinks(viewer), ...(viewer ? accountLinks(viewer) : [])].map((link) => (
          <NavigationLink key={link.to} link={link} className={PANEL_LINK} />
        ))}
      </nav>
      {viewer ? (
        <SignOutForm />
      ) : (
        <div className="mt-2 grid gap-2 border-t p-2 pt-4 sm:hidden">
          <Button asChild>
            <Link to={signUpPath()}>Create account</Link>
          </Button>
          <Button asChild variant="outline">
            <Link to={signInPath()}>Sign in</Link>
          </Button>
        </div>
      )}
    </Menu>
  );
}

function SignOutForm() {
  return (
    // A page that is loaded anew: what this person left in the tab is not the next one's.
    <Form method="post" action={signOutPath()} reloadDocument className="mt-1 border-t pt-1">
      <button type="submit" className={PANEL_LINK}>
        Sign out
      </button>
    </Form>
  );
}
