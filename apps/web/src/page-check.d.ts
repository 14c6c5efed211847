declare module 'virtual:page-check' {
  /** The script of the page with which saved pages are checked; it may stand inside a script element. */
  export const script: string;
}
