"""What a package tells whoever opens it, in plain text: what is inside and how to check it."""

from __future__ import annotations

from collections.abc import Collection

PAPERS = {
    "provision.pdf": "提供記録",
    "request.pdf": "依頼書",
    "stills.pdf": "静止画を印刷するもの（一枚ごとに管理番号があります）",
}
WIDTH = 18  # columns of a name in the list
CLIPS = """\
  clips/            映像から、求められた時間だけを切り出したもの（音声は含みません。元の映像、
                    切り出した時間、理由は目録にあります）
"""
INSTRUCTIONS = """\
お読みください

この包みは、提供された映像と、それが提供時のまま改変されていないことを確かめる資料です。

中身
  media/            映像（提供時の原本のまま）
{clips}  stills/           静止画（映像から取り出したもの。取り出した位置は目録にあります）
{papers}  manifest.json     目録（すべてのファイルのハッシュ値、依頼・決定・提供の事実）
  entry.json        台帳の記載（目録のハッシュ値を含みます）
  proof.tlog-proof  その記載が台帳にあることの証明
  vkey              台帳の検証鍵

取扱い
  ・ファイルの追加、削除、名前の変更、上書き保存をしないでください。検査に合わなくなります。
  ・見るときは、写しを作り、写しをお使いください。
  ・提供の目的以外に使わず、目録の格付（機密性など）に従って扱ってください。

確かめ方（ネットワークは不要です）
  hokanko verify この包みのフォルダー
  検証鍵が本物かどうかは、提供元に、この包みとは別の経路（電話、対面など）で
  指紋を尋ねて確かめてください。検査の結果に指紋が表示されます。

In English
  This package holds footage as it was provided, and the means to prove that it is unchanged.
  Do not add, remove, rename or re-save files; work on a copy. To check, without a network:
    hokanko verify FOLDER
  Ask the provider, by another way, for the fingerprint of the verifier key.
"""


def instructions(documents: Collection[str], *, clips: bool = False) -> str:
    """The instructions of a package that holds these papers (paths), and names no other."""
    told = [f"  {path:{WIDTH}}{said}\n" for path, said in PAPERS.items() if path in documents]
    return INSTRUCTIONS.format(papers="".join(told), clips=CLIPS if clips else "")
