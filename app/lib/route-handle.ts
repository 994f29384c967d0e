/** What a route may say about itself to the frame around it: `export const handle: RouteHandle`. */
export type RouteHandle = {
  /**
   * Nothing on this page needs scripts, so a first visit loads none: what is on it works by links,
   * forms and CSS. Coming from another page of ours, it is still drawn without a reload.
   */
  withoutScripts?: true;
};
