import { Button, PasswordInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ApiProblem } from '@writ/client'
import { type FormEvent, useEffect, useState } from 'react'
import { enter, signIn } from '../../api/sign-in.ts'
import logo from '../../look/writ.svg'
import { Failure } from '../../parts/states.tsx'
import classes from './sign-in.module.css'

/** Takes an API key once. It goes to the authority, comes back as a cookie that no script can read, and is kept nowhere here. */
export function SignInPage({ authority }: { readonly authority: string }) {
  const queries = useQueryClient()
  const [key, setKey] = useState('')
  useEffect(() => {
    document.title = 'Sign in · Writ'
  }, [])
  const entering = useMutation({
    mutationFn: signIn,
    onSuccess: (state) => enter(queries, state),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (key.trim() !== '') entering.mutate(key.trim())
  }
  const wrong = entering.error instanceof ApiProblem && entering.error.code === 'CREDENTIAL_INVALID'
  return (
    <main className={classes.sheet}>
      <form className={classes.form} onSubmit={submit}>
        <img src={logo} alt="" width={40} height={40} />
        <h1>Sign in to Writ</h1>
        <p className="quiet">
          With an API key of the authority <span className="code">{authority}</span>. You see and do here what the key may.
        </p>
        <PasswordInput
          label="API key"
          placeholder="writ_key_…"
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
          error={wrong ? 'The authority does not know this key, or it was revoked.' : undefined}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          autoFocus
          classNames={{ innerInput: 'code' }}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the key' }}
        />
        <Button type="submit" fullWidth loading={entering.isPending} disabled={key.trim() === ''}>
          Sign in
        </Button>
        {entering.isError && !wrong && <Failure error={entering.error} />}
        <details>
          <summary>Where do I get a key?</summary>
          <p>The demo prints the file that holds its key. On a terminal of the host, the first start prints a setup code; exchange it:</p>
          <pre>npx writ key setup</pre>
          <p>Or let an administrator make one for you: here under Credentials, or with</p>
          <pre>npx writ key create</pre>
        </details>
        <p className={`quiet ${classes.small}`}>
          The key is exchanged for a cookie and kept nowhere in this browser. It ends after twelve hours, or when you sign out.
        </p>
      </form>
    </main>
  )
}
