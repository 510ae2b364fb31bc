import { PreviewWithSelection } from 'storybook/preview-api'

/**
 * A play function tells a story's own tale, in English, and checks it. Where the toolbar tells another one there is
 * nothing to be played: the story is left as it opens. Storybook has no setting for it, but its page has: `autoplay`.
 */
export function playOwnTaleOnly(isOwn: boolean): void {
  const preview: unknown = Reflect.get(window, '__STORYBOOK_PREVIEW__')
  if (!(preview instanceof PreviewWithSelection)) return
  const render = preview.currentRender
  if (render && 'renderOptions' in render) render.renderOptions.autoplay = isOwn
}
