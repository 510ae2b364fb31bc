import type { AddOn } from '../../domain/addOn.js'
import { safeUrl } from '../../domain/url.js'

/** The add-on's picture, or its first letters on one of eight tones. */
export function Tile({ addOn: { id, name, imageUrl } }: { addOn: Pick<AddOn, 'id' | 'name' | 'imageUrl'> }) {
  const image = safeUrl(imageUrl, 'image')
  if (image) return <img data-slot="tile" src={image} alt="" width="40" height="40" loading="lazy" />
  const tone = Array.from(id).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 8191, 0) % 8
  return (
    <bdi data-slot="tile" data-tone={tone} aria-hidden="true">
      {initials(name)}
    </bdi>
  )
}

/** "A+" for Analytics+, "VA" for AI Voice Agent: the end of a name tells more than its beginning. */
function initials(name: string): string {
  return (name.match(/(?<![\p{L}\d])\p{L}|\+/gu) ?? [...name].slice(0, 2)).slice(-2).join('')
}
