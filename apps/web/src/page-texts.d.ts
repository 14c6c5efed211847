declare module 'virtual:page-texts' {
  /** The folder of this build's texts: `/_app/immutable/texts/<version>`. */
  export const place: string;
}
