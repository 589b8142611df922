"""Keys that entry files have for other programs."""

FOREIGN = frozenset(
    """
    aliases author_profile banner canonical canonical_url cascade classes comment comments cover
    disable_comments featured featured_image header image_alt iscjklanguage lang
    language last_modified layout linktitle locale markup math mathjax menu menus outputs params permalink pin
    pinned read_time redirect_from redirect_to render_with_liquid resources robots search series share showtoc
    sidebar sitemap slug social tagline teaser thumbnail toc toc_sticky translationkey type url weight
    disablehljs disableshare editpost hiddeninhomelist hidefooter hideheader hidemeta hidesummary robotsnoindex
    searchhidden showbreadcrumbs showcodecopybuttons showpostnavlinks showreadingtime showwordcount tocopen usehugotoc
    """.split()  # noqa: SIM905 - as a list it would fill a page
)
"""Keys of Hugo, Jekyll and their themes that mean nothing here, in lower case."""

_ORDINARY = """
소제목 중제목 대제목 큰제목 표제목 주제목 원제목 본제목 매체 주제 기사 기타 부 확인 상대 입력자 입력처 수정자
수정인 관련자 제공자 제공처 사진첩
data links publisher publishers stats
"""
ORDINARY = frozenset(_ORDINARY.split())
"""Words of newsrooms and of other programs, in lower case, that only look like slips of keys."""

MEDIA = frozenset(
    {"audio", "audios", "podcast", "sound", "video", "videos", "소리", "영상", "동영상", "음성", "오디오", "비디오"}
)
"""Keys of sounds and films, in lower case: sosik will have keys for them, and has none yet."""
