"""Tables of the words beside dates without a meaning for them; `beside` makes patterns from them."""

from __future__ import annotations

from typing import Final


def words(text: str) -> list[str]:
    """The words of a table, the longest first: of two that begin alike the pattern takes the whole one."""
    return sorted(set(text.split()), key=len, reverse=True)


WRITERS: Final = words(
    "기자 특파원 논설위원 편집위원 전문위원 해설위원 주필 논설주간 위원 앵커 아나운서 PD 피디 작가 편집장 "
    "편집국장 보도국장 에디터 칼럼니스트 통신원 리포터 평론가 교수 연구원 연구위원 대표 국장 부국장 본부장 "
    "부장 차장 팀장 실장 부실장 주임 과장 주무관 사무관 기상캐스터 캐스터"
)
"""How those who write are called."""
OFFICES: Final = words(
    "대표이사 센터장 소장 원장 회장 이사장 사장 이사 시인 소설가 화백 만화가 변호사 의사 강사 박사 인턴 "
    "크리에이터 기고가 번역가 사진가 디자이너 프로듀서 감독 스태프 선임 데스크"
)
"""What they are called behind their names only."""
KINDS: Final = words(
    "선임 수석 수습 인턴 객원 전문 명예 시민 대학생 청년 취재 사진 영상 온라인 의학 과학 산업 경제 정치 사회 "
    "문화 스포츠 국제 논설 편집 뉴스 디지털 데이터 보도 심의 군사 외교 종교 환경 법조 교육 여행 문학 미술 음악 "
    "영화 방송 교열 그래픽 지역 주재"
)
"""What stands in front of these."""
AUTHOR_LABELS: Final = words(
    "작성자 글쓴이 기자명 이름 닉네임 담당자 등록자 게시자 담당부서 출처 필자 저자 작성부서 담당과 주관부서 "
    "관리부서 제공처 소속 아이디"
)
"""Words that a name follows, with a mark between or without."""
CREDITS: Final = words(
    "글 사진 글·사진 사진·글 담당 취재 편집 그래픽 게재자 제공 자료 자료사진 자료제공 사진제공 사진출처 "
    "영상제공 부서 작성 정리 번역 촬영 일러스트 삽화 진행 대담 연출 구성 디자인 인터뷰 교정 교열 기획 제작 "
    "영상 내레이션 영상취재 ID IP아이디"
)
"""Words that a name follows behind a mark."""
ANYONE: Final = words(
    "관리자 운영자 최고관리자 시스템관리자 사이트관리자 홈페이지관리자 총괄관리자 편집자 편집부 취재부 운영팀 "
    "홍보팀 담당자 작성자 글쓴이 익명 익명의 회원 비회원 손님 방문자 탈퇴회원 알수없음 admin Admin ADMIN "
    "administrator webmaster Webmaster editor Editor master manager Manager guest Guest anonymous Anonymous"
)
"""Who writes on a page without being named."""
SECTIONS: Final = words(
    "정치 경제 사회 문화 국제 세계 스포츠 연예 생활 IT 과학 산업 기업 금융 증권 부동산 오피니언 사설 칼럼 기고 "
    "인터뷰 전국 지방 지역 수도권 교육 노동 환경 건강 의료 의학 여행 날씨 인물 피플 북한 외교 국방 국회 "
    "대통령실 법원 검찰 사건 사고 사건사고 종합 속보 단독 포토 영상 동영상 공지 공지사항 게시판 자유게시판 "
    "보도자료 알림 알림마당 행사 일반 기획 특집 연재 라이프 홈 뉴스 전체 최신 인기 기사 최신기사 주요뉴스 "
    "새소식 소식 종교 책 출판 공연 전시 미술 음악 영화 방송 미디어 게임 모바일 자동차 유통 농업 농촌 수산 복지 "
    "여성 시민 행정 자치 의회 도정 시정 군정 구정 디지털 온라인 편집 취재 사진 그래픽 데이터 탐사 논설 "
    "생활문화 정책 재테크 글로벌 월드 총선 대선 지방선거 선거 축구 야구 농구 골프 배구 바둑 사람들 사람 부고 "
    "인사 동정 화촌 모집 채용 입찰 고시 공고 자료실 질문 답변 안내 중요 필독 이벤트 커뮤니티 독자투고 만평 "
    "카드뉴스 팩트체크 자유 증시 보험 은행 카드 가상자산 코인 블록체인 분양 건설 중기 중소기업 벤처 스타트업 "
    "취업 창업 소비자 패션 뷰티 푸드 레저 관광 트렌드 컬처 문학 웹툰 드라마 예능 가요 연극 뮤지컬 클래식 "
    "해외연예 해외축구 해외야구 국내축구 프로야구 올림픽 e스포츠 이스포츠 독자 시론 데스크칼럼 사진뉴스 "
    "포토뉴스 그래픽뉴스 영상뉴스 라디오 팟캐스트 뉴스레터 이슈 심층 분석 해설 기획연재 르포 현장 단신 토픽 "
    "화제 해외 외신 통일 안보 군사 청와대 정당 여론조사 지방자치 도의회 시의회 구의회 교육청 대학 학교 입시 "
    "보육 육아 가족 노인 청년 장애인 인권 법조 경찰 재난 안전 소방 교통 도로 항공 철도 해양 산림 기상 에너지 "
    "원전 반도체 전자 통신 바이오 제약 헬스 의약 병원 한방 테크 AI 인공지능 로봇 우주 과학기술 반려동물 동물 "
    "기후 기후환경 젠더 플러스 플랫폼 물가 무역 수출 재계 경영 경제일반 정책금융 세금 국세 재정 예산 노사 "
    "취재수첩 기자수첩 기자의눈 사내외 역사 고고학 문화재 국가유산 학술 어린이 청소년 시니어 은퇴 결혼 요리 "
    "맛집 음식 술 커피 홈쇼핑 인테리어 가전 스마트폰 보안 인터넷 콘텐츠 웹진 매거진 스페셜 프리미엄 이색 유머 "
    "갤러리 포럼 토론 사설칼럼 논평 성명 성명서 기자회견 브리핑 해명자료 설명자료 참고자료 보도해명 정책브리핑 "
    "질의응답 공모 수상 후기 리뷰 서평 신간 북리뷰 책과삶 문화일반 정치일반 사회일반 긴급 상보 종합면 "
    "오늘의뉴스 많이본뉴스 실시간 헤드라인 톱뉴스 핫이슈"
)
"""Sections of papers and boards."""
HAPPENINGS: Final = frozenset(
    words(
        "경기 대회 행사 공연 전시 방송 선거 총선 대선 지방선거 모집 채용 입찰 이벤트 올림픽 결혼 공모 출판 분양 "
        "기자회견 브리핑 교육 여행 인터뷰 공고 고시 알림 안내 부고 인사 사고 사건 재판 판결 수상 무역 연극 뮤지컬 "
        "촬영"
    )
)
"""Sections whose words also name what happens on a day: directly in front of a date they may."""
PLACES: Final = words(
    "서울 부산 대구 인천 광주 대전 울산 세종 경기 강원 충북 충남 전북 전남 경북 경남 제주 충청 전라 경상 호남 "
    "영남 영동 영서 수원 성남 고양 용인 청주 천안 전주 창원 포항 춘천 원주 강릉 목포 여수 순천 안동 구미 진주 "
    "김해 평택 안산 안양 의정부 파주 김포 화성 군산 익산 경주 양산 서귀포 남양주 부천 시흥 광명 군포 의왕 오산 "
    "이천 안성 하남 여주 양평 동두천 과천 구리 포천 양주 연천 가평 강화 동해 속초 삼척 태백 홍천 횡성 평창 "
    "정선 철원 화천 양구 인제 양양 충주 제천 보은 옥천 진천 괴산 음성 단양 보령 아산 서산 논산 계룡 당진 "
    "금산 부여 서천 청양 홍성 예산 태안 정읍 남원 김제 완주 진안 무주 장수 임실 순창 고창 부안 나주 광양 담양 "
    "곡성 구례 고흥 보성 장흥 강진 해남 영암 무안 함평 영광 완도 진도 신안 김천 영주 영천 상주 문경 경산 군위 "
    "의성 청송 영양 영덕 청도 고령 성주 칠곡 예천 봉화 울진 울릉 통영 사천 밀양 거제 의령 함안 창녕 고성 남해 "
    "하동 산청 함양 거창 합천 여의도 광화문 강남 종로 용산 정부서울청사 정부세종청사 판문점 독도 분당 판교 "
    "일산 동탄"
)
"""Places of Korea, from where an article is reported."""
OUTLET_ENDS: Final = words(
    "일보 신문 뉴스 투데이 타임스 타임즈 타임 경제 방송 데일리 저널 미디어 통신 닷컴 매일 포스트 헤럴드 매거진 "
    "신보 시보 학보 회보 TV 라디오 프레스 경제신문 위키 비즈 선데이 투모로우 리포트 플러스 채널 브리핑 트리뷴 "
    "옵서버 인사이트 이코노미 이코노미스트 스포츠 온라인 웹진 뉴스룸 뉴스데스크 뉴스광장 뉴스라인"
)
"""What names of papers and stations end with."""
OUTLETS: Final = words(
    "뉴시스 한겨레 오마이뉴스 프레시안 노컷뉴스 네이버 다음 카카오 채널A 경향 유튜브 뉴스핌 뉴스토마토 더팩트 "
    "시사IN 시사인 주간조선 주간동아 주간경향 월간조선 신동아 조선 중앙 동아 매경 한경 머니S 블로터 "
    "디스패치 스포탈코리아 엑스포츠 마이데일리 텐아시아 뉴스타파 미디어오늘 로이터 블룸버그 타스 신화 교도 "
    "지지 아사히 요미우리 마이니치 니혼게이자이 닛케이 인민망 환구시보 르몽드 가디언 더타임스 슈피겔 네이트 줌 "
    "구글 구글뉴스 네이버뉴스 다음뉴스 네이트뉴스 티스토리 브런치 페이스북 디시인사이드 클리앙 루리웹 더쿠 "
    "인벤 보배드림"
)
"""Papers, stations, portals and boards by their own names."""
LATIN_OUTLETS: Final = words(
    "KBS[0-9]? MBC SBS EBS CBS BBS OBS TBS tbs YTN JTBC MBN MTN KTV BTN TBC KNN TJB CJB JIBS UBC TV CNN BBC "
    "NBC ABC NHK AP AFP UPI DPA EPA TASS Reuters Bloomberg Xinhua Kyodo Yonhap News[0-9]? News[0-9] NEWSIS "
    "Newsis NAVER Naver DAUM Daum YouTube ZDNet EPL VOA RFA WSJ NYT SNS ITN Biz BIZ CHOSUN Chosun DongA CBSi "
    "PBC cpbc WBC G[0-9] OhmyNews Nate NATE ZUM Google Tistory Instagram Threads FT CNBC DW RT AFPBB REUTERS "
    "BLOOMBERG Forbes Fortune Guardian SPOTV tvN OCN ENA NEWS[0-9]? K[0-9] TVN IT조선 UNN ebn EBN"
)
"""The same in Latin letters."""
TOOLS: Final = words(
    "글자크기 글자 크기 글씨 글씨크기 가 가가 가가가 인쇄 인쇄하기 프린트 공유 공유하기 스크랩 스크랩하기 URL "
    "복사 URL복사 링크 링크복사 주소복사 복사하기 기사저장 저장 북마크 본문 본문듣기 듣기 음성 음성듣기 번역 "
    "닫기 열기 목록 목록보기 이전글 다음글 메일 이메일 카카오톡 카톡 카카오스토리 페이스북 트위터 밴드 라인 "
    "블로그 인스타그램 텔레그램 더보기 전체보기 로그인 로그아웃 회원가입 마이페이지 검색 메뉴 구독 구독하기 "
    "좋아요 추천 추천하기 신고 신고하기 답글 답글쓰기 댓글 댓글쓰기 댓글보기 의견 제보 기사제보 설정 폰트 확대 "
    "축소 크게 작게 보통 다크모드 화면 첨부 첨부파일 파일 다운로드 삭제 수정하기 원문 원문보기 기사원문 "
    "기사보기 보기 바로가기 지면보기 요약 요약봇 AI요약 응원 후원 후원하기 관심 알림받기 네이버에서 크게보기 "
    "작게보기 사진보기 페이지 상단 맨위로 위로 화나요 슬퍼요 훈훈해요 감동이에요 쏠쏠정보 흥미진진 공감백배 "
    "분석탁월 후속강추 변경 조절 줄이기 키우기 늘리기 크게하기 작게하기 음성으로 소리로 들려주기 기사듣기 "
    "읽어주기 멈춤 재생 일시정지 정지 전체화면 화질 다른 찾기 공유합니다 기사를 기사보내기 보내기 퍼가기 "
    "담기 찜 찜하기 즐겨찾기 구독중 알림 알림설정 채널 팔로우 팔로잉 팔로우하기 친구추가 카카오톡으로 "
    "카카오톡에 페이스북으로 페이스북에 트위터로 트위터에 밴드로 밴드에 라인으로 이메일로 메일로 네이버 "
    "네이버블로그 네이버밴드 스레드 엑스 링크드인 주소 주소를 주소가 복사되었습니다 복사됨 수정 답글달기 달기 "
    "대댓글 답변하기 답변 답장 쪽지 차단 숨기기 접기 펼치기 펴기 전체공개 이웃공개 친구공개 비밀글 공개글 "
    "작게/크게 기본 기본값 고딕 명조 볼드 목차 위로가기 top 최신순 인기순 공감순 등록순 오래된순 정렬 필터 "
    "새로고침 뒤로 뒤로가기 홈으로 기사목록 관련기사 관련뉴스 관련 추천기사 많이 본 이슈 태그 키워드 해시태그 "
    "저작권 문의 문의하기 오류신고 오류 정정요청 제보하기 독자의견 만족도 별점 도움말 안내 사이트맵 전체메뉴 "
    "카테고리 언어 한국어 영어 일본어 중국어 English ENGLISH 모바일버전 PC버전 앱에서 앱 열람 미리보기 새창 "
    "팝업 배너 광고 AD 본인 작성자본인 글쓴이본인 관리 편집하기 게시글 게시물 글쓰기 쓰기 글 목록으로 링크공유 "
    "SNS공유 공유버튼 QR코드 큐알 클립 스티커 반응 이모지 움짤 짤"
)
"""The tools of a page."""
LATIN_TOOLS: Final = words(
    "PDF URL IP ip Ip SNS QR AI RSS HOT hot NEW New new icon ICON share Share SHARE print Print PRINT facebook "
    "Facebook "
    "FACEBOOK twitter Twitter TWITTER kakao KakaoTalk email Email EMAIL Mail mail copy Copy COPY link Link TOP "
    "top HOME Home home LOGIN Login login BEST Best band Band X x N l I HWP hwp HWPX DOC DOCX XLSX PPT ZIP JPG "
    "jpg PNG GIF AM PM VOD Live LIVE MP[0-9] HD FHD UHD Reply reply Edit Delete Save save Bookmark bookmark "
    "Subscribe Follow follow More more List list Prev Next Close close Menu menu Search search Font font Size "
    "size FONT SIZE Zoom zoom Listen listen Play play LINE Line Telegram Threads Instagram LinkedIn WhatsApp "
    "Whatsapp AD ad Beta beta via Source source EXCLUSIVE Exclusive BREAKING Breaking UP"
)
"""The same in Latin letters."""
DEVICES: Final = words(
    "모바일 모바일웹 모바일앱 아이폰 아이패드 안드로이드 갤럭시 휴대폰 스마트폰 PC 피시 웹 앱 iPhone iPad iOS "
    "Android Galaxy Web web App app Mobile mobile Windows Mac Chrome"
)
"""From what something was posted."""
WEATHER: Final = words(
    "맑음 흐림 비 눈 소나기 안개 미세먼지 초미세먼지 습도 기온 체감 체감온도 날씨 나쁨 매우나쁨 좋음 영하 영상 "
    "최저 최고 최저기온 최고기온 현재기온 강수확률 강수량 적설 적설량 풍속 바람 자외선 오존 황사 대체로 가끔 "
    "한때 또는 흐리고 흐린 맑고 맑은 뒤맑음 구름 구름조금 구름많음 구름많고 박무 연무 비/눈 눈/비 진눈깨비 "
    "폭염 한파 호우 대설 건조 강풍 특보 주의보 경보"
)
"""The weather in a page's head."""
MARKETS: Final = words(
    "코스피 코스닥 코스피200 코넥스 환율 원/달러 원·달러 원달러 달러/원 원/엔 원·엔 원/유로 원/위안 달러 엔 "
    "엔화 엔/달러 유로 유로화 위안 위안화 다우 다우존스 나스닥 나스닥100 S&P500 S&P 비트코인 이더리움 리플 "
    "도지코인 솔라나 유가 국제유가 두바이유 브렌트유 금값 금 은 구리 국고채 닛케이 닛케이225 상하이 상하이종합 "
    "항셍 선전 대만가권 유로스톡스 VIX WTI KOSPI KOSDAQ NASDAQ DOW USD JPY EUR CNY BTC ETH"
)
"""What is quoted in a page's head."""

SURNAMES: Final = (
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방공현함변"
    "염추도소석선설마길연위표명기반왕금옥육인맹모탁국어은편용"
)
DOUBLE_SURNAMES: Final = words("남궁 황보 제갈 사공 선우 서문 독고 동방")
GIVEN: Final = (
    "가강건겸경계고관광교구국권규균근금기길나남내노녹다단달담대덕도돈동두라란람래량려련렬령례로록룡루류륜률름"
    "리린림마만명모목무묵문미민바백범별병보복봉부비빈사산삼상새서석선설섬섭성세소솔송수숙순슬승시신실심아안애"
    "양언여연열영예오옥온완왕외용우욱운웅원월위유육윤율은을음의이익인임자장재전정제조종주준중지진차찬창채천철"
    "초춘충치탁태택평표품풍필하학한해향헌혁현형혜호홍화환활황회효후훈휘희흔"
)
"""Syllables of given names, which of all that could stand there are few."""
NO_NAMES: Final = frozenset(
    words(
        "이용자 주인공 전문가 조사자 신고자 이사회 주민등록 정기권 하반기 상반기 유효기 정보공개 이용료 기자단 "
        "전시회 공모전 강연회 설명회 이벤트 신제품 "
        "안내문 조회수 장소명 주소지 연주회 성명서 정기회 임시회 공청회 기념관 주차장 진로 도서관 이주민 지원금 "
        "지원자 신청자 임용자 수상자 주최자 "
        "전세기 유학생 수강생 하계휴 정례회 안전성 성수기 비수기 공공재 공시지 정시모 수시모 지원서 연간 월간 주간 "
        "원서 개학 방학 전기 후기 전반기 후반기"
    )
)
"""Words that look like names and are none."""

MONTHLY: Final = words(
    "물가 소비자물가 생산자물가 수입물가 수출 수입 무역 고용 취업자 실업률 산업생산 산업활동 경상수지 "
    "무역수지 판매 매출 거래량 분양 입주 출생아 인구 기온 평균 날씨 한파 폭염 장마 강수량 임시국회 정기국회 "
    "국회 모의평가 학력평가 모의고사 국정감사 국감 정례회 임시회 정기인사 인사 중 들어 안에 한 이후 이전 "
    "현재 기준 초 말 중순 중하순 하순 상순 초순 내 이내 첫 마지막 둘째 셋째 넷째 전기요금 금리 고용동향 "
    "가계대출 외환보유액"
)
"""What is told of a month: what follows one that has no year, and is no name."""
NO_RUNS: Final = words("시작일 시작 시작시간 전반 전반전 후반전 전면 후면 반면 전시 전시일")
"""Words whose pieces are words of dates, by chance."""
OTHER_THINGS: Final = frozenset(
    words(
        "반려동물 "
        "영수증 계산서 세금계산서 전표 청구서 고지서 증명서 확인서 인증서 자격증 면허증 신분증 주민등록증 여권 "
        "비자 면허 카드 카드결제 결제 입금 송금 대출 환불 구매 주문 티켓 입장권 승차권 항공권 상품권 지역화폐 "
        "쿠폰 채권 국채 회사채 주식 신주 전환사채 우표 화폐 동전 지폐 수표 어음 증권 보험 계약 계약서 각서 "
        "유언장 협약서 합의서 신청서 지원서 이력서 진단서 처방전 조서 회의록 일지 장부 차량 자동차 선박 항공기 "
        "부동산 토지 건물 상표 특허 디자인권 저작권 상호 법인 사업자 회사 업체 단체 정당 후보 후보자 예비후보 "
        "회원 가입자 선수 참가 참가자 학생 수강 수강생 신도 주민 외국인 혼인 출생 사망 전입 장애인 유권자 투표인 "
        "기부 후원 예산 예산안 결산 사업 계획 개발 건축 사용 준공 허가 인가 판매 수입 수출 약 신약 백신 치료제 "
        "의약품 의료기기 식약처 FDA 임상 보험료 헌법 법률 법 조례 규칙 규정 정관 약관 지침 명칭 이름 상호명 주소 "
        "대표 대표자 임원 비밀번호 암호 계정 아이디 정보 개인정보 데이터 전산 재산 앱 어플 소프트웨어 펌웨어 "
        "프로그램 드라이버 윈도 윈도우 안드로이드 iOS 게임 버전 서버 시스템 신곡 앨범 음원 음반 예고편 영화 "
        "드라마 책 도서 논문 광고 전단 현수막 포스터 벽보 상품 제품 신제품 물품 택배 팩스 문자 메시지 유네스코 "
        "세계유산 문화재 국가유산 보물 국보 명부 명단 구독 멤버십 보증 자격 인증 공인인증서 도메인"
    )
)
"""What else is issued, approved, entered or changed: a label directly behind one of these is not the article's."""
TRANSACTIONS: Final = frozenset(words("영수증 계산서 세금계산서 결제 카드 카드결제 입금 송금 주문 환불"))
"""Those of them that have a time of day too."""
NOTICES: Final = frozenset(
    words("발인 입관 별세 장례 장례식 영결식 하관 안장 빈소 일시 날짜 일자 기간 때 언제 접수 마감")
)
"""What stands in front of the day in a notice."""

EVENTS: Final = words(
    "총선 대선 지방선거 재보선 재보궐선거 보궐선거 전당대회 선거 전쟁 민주화운동 민주항쟁 항쟁 혁명 사태 사건 "
    "테러 계엄 비상계엄 "
    "선언 절 운동 쿠데타 참사 대책 부동산대책 공동선언 남북공동선언 의거 만세운동 합의 조치 광복절 기념식 "
    "기념관 기념일 묘지 "
    "국립묘지 학살 정변 지진 반란 내란 탄핵 구속부상자회 유공자 정신 재단 단체 집회 시위 촛불 참배"
)
"""What is called by the day on which it was: 5·18 민주화운동."""
COUNTS: Final = words(
    "주년 주기 세 살 대 배 학년 호선 연승 연패 년차 년생 번째 점 골 석 가구 마리 척 그루 톤 평 층 개국 개사 종 "
    "가지 관왕 인치 "
    "G kg km cm mm GB MB TB kW MW ㎞ ㎏ ㎡ ㎝"
)
"""What numbers of a title count, glued to them."""
