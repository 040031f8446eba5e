/** The build without subtitles, encryption and other tracks, which has the same interface as the whole one. */
declare module 'hls.js/light' {
  export * from 'hls.js';
  export { default } from 'hls.js';
}
