import { writeSpeed } from '../forms/number.ts'
import type { Level, SignalEffect, Terms } from '../model.ts'
import { listed } from '../words.ts'
import { type Inline, type Section, say, strong } from './document.ts'
import { byName } from './names.ts'
import { section } from './product.ts'

/** Methods of authentication in words. @see RFC 8176 section 2 */
const METHODS: Readonly<Record<string, string>> = {
  face: 'a face (face)',
  fpt: 'a fingerprint (fpt)',
  geo: 'a place (geo)',
  hwk: 'a key kept in hardware (hwk)',
  iris: 'an iris (iris)',
  kba: 'an answer that only they know (kba)',
  mca: 'several ways of contact (mca)',
  mfa: 'several factors (mfa)',
  otp: 'a one-time code (otp)',
  pin: 'a PIN (pin)',
  pwd: 'a password (pwd)',
  rba: 'an assessment of risk (rba)',
  retina: 'a retina (retina)',
  sc: 'a smart card (sc)',
  sms: 'a text message (sms)',
  swk: 'a key kept in software (swk)',
  tel: 'a telephone call (tel)',
  user: 'a test that a person is present (user)',
  vbm: 'a voice (vbm)',
  wia: 'a sign-in to Windows (wia)',
}

export function levelSection({ levels }: Terms): Section {
  return section('How surely people prove who they are', levels.map(level))
}

function level({ name, acr, anyOf, attested }: Level, index: number): Inline[] {
  const ways = anyOf.map((all) => listed(all.map((method) => METHODS[method] ?? method)))
  const place = index === 0 ? 'The weakest level' : 'Stronger than all before'
  const sure = attested ? ' What they prove it with must be attested by its maker.' : ''
  return say`${strong(name)}, which sign-in calls ${acr}. ${place}. ${ways.length === 0 ? 'Nothing proves it' : `It is proven by ${ways.join('; or by ')}`}.${sure}`
}

export function signalSection({ signals, onSignalFailure }: Terms): Section {
  return section('Warning signs', [
    ...byName(signals).map(([name, { effect, overKmPerHour }]) => {
      const over = overKmPerHour === undefined ? '' : ` It is raised by travel faster than ${writeSpeed(overKmPerHour)}.`
      return say`${strong(name)}: ${effectInWords(effect)}${over}`
    }),
    say`A sign that cannot be looked for: ${effectInWords(onSignalFailure)}`,
  ])
}

function effectInWords(effect: SignalEffect): Inline[] {
  if (effect.kind === 'allow') return say`nothing more is asked.`
  if (effect.kind === 'refuse') return say`everything is refused until the sign is withdrawn.`
  return say`people prove anew who they are, by ${strong(effect.level)} or stronger.`
}
